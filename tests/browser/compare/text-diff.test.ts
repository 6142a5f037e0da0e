import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import type { DiffText } from '../../../src/editor/diff-text.ts';
import { editor, JSON_POLICY, YAML_POLICY } from '../../../src/editor/monaco.ts';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import TextDiff from '../../../src/ui/compare/TextDiff.svelte';

const json = (text: string): DiffText => ({ text, yaml: false });
const A = json(SEED_POLICY_TEXT);
const B = json(SEED_POLICY_TEXT.replace('"max": 30', '"max": 20'));
const WAIT = { timeout: 20_000 };

// why: unbundled, the worker that compares takes long to come; without it the page's own thread does. The end-to-end
// tests compare in the worker.
globalThis.MonacoEnvironment = {
  getWorker() {
    throw new Error('no worker here');
  },
};

const region = () => page.getByRole('region', { name: 'Changes from A to B' });
const side = (name: 'A' | 'B') => page.getByRole('textbox', { name: `Text of ${name}` });
const button = (name: string) => page.getByRole('button', { name });
/** Drawn lines whose marks have a class of the editor, as the text that stands there. */
function linesOf(side: 'original' | 'modified', mark: string): string[] {
  const box = region().element().querySelector(`.editor.${side}`);
  const marked = [...(box?.querySelectorAll<HTMLElement>(`.view-overlays .${mark}`) ?? [])];
  const tops = new Set(marked.map((each) => each.parentElement?.style.top));
  const lines = [...(box?.querySelectorAll<HTMLElement>('.view-line') ?? [])];
  return lines
    .filter(({ style }) => tops.has(style.top))
    .map(({ textContent }) => textContent.replaceAll('\u00a0', ' ').trim());
}

const leave = vi.fn();
async function show(before = A, after = B) {
  const shown = await render(TextDiff, { before, after, onleave: leave });
  return { ...shown, change: (props: { before?: DiffText; after?: DiffText }) => shown.rerender(props) };
}
async function compared(): Promise<void> {
  await expect.poll(() => document.querySelector('.ready .monaco-diff-editor'), WAIT).not.toBeNull();
}

beforeEach(async () => {
  leave.mockClear();
  await page.viewport(1000, 800);
});

describe('in the editor', () => {
  test('shows the changed lines of both texts side by side, and counts them', async () => {
    await show();
    await compared();
    await expect.poll(() => linesOf('original', 'line-delete')).toEqual(['"max": 30,']);
    expect(linesOf('modified', 'line-insert')).toEqual(['"max": 20,']);
    await expect.element(page.getByText('1 line added, 1 line removed')).toBeVisible();
    await expect.element(side('A')).toHaveAttribute('readonly');
    await expect.element(side('B')).toHaveAttribute('readonly');
  });

  test('shows new texts in their dialects in place of the old ones', async () => {
    const { change } = await show();
    await compared();
    await change({ before: { text: 'version: "1"', yaml: true } });
    await expect.element(page.getByText(/^\d+ lines added, 1 line removed$/)).toBeVisible();
    const [before, after] = editor.getModels();
    expect([before?.getLanguageId(), after?.getLanguageId()]).toEqual([YAML_POLICY, JSON_POLICY]);
    expect([before?.getValue(), after?.getValue()]).toEqual(['version: "1"', B.text]);
  });

  test('is one column where there is little room, with one stop of Tab', async () => {
    await page.viewport(390, 800);
    await show();
    await compared();
    await expect.poll(() => document.querySelector('.monaco-diff-editor')?.className).not.toContain('side-by-side');
    await expect.element(side('B')).toBeVisible();
    await expect.poll(() => side('A').query()).toBeNull();
    const box = region().element();
    expect(box.scrollWidth).toBe(box.clientWidth);
  });

  test('does not keep Tab, takes no text, and Esc leaves', async () => {
    await show();
    await compared();
    side('A').element().focus();
    await userEvent.keyboard('x{Tab}');
    await expect.element(side('B')).toHaveFocus();
    await userEvent.keyboard('x{Tab}');
    await expect.element(button('Show as plain lines')).toHaveFocus();
    expect(editor.getModels().map((model) => model.getValue())).toEqual([A.text, B.text]);
    side('B').element().focus();
    expect(leave).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(leave).toHaveBeenCalledOnce();
  });

  test('takes its models away with it', async () => {
    const { unmount } = await show();
    await compared();
    expect(editor.getModels()).toHaveLength(2);
    await unmount();
    expect(editor.getModels()).toEqual([]);
    expect(editor.getDiffEditors()).toEqual([]);
  });

  test('follows the theme of the page', async () => {
    const root = document.documentElement;
    await show();
    await compared();
    const ground = () => {
      const code = document.querySelector('.monaco-diff-editor .monaco-editor-background');
      return code === null ? '' : getComputedStyle(code).backgroundColor;
    };
    expect(ground()).toBe('rgb(255, 255, 255)');
    root.dataset['theme'] = 'dark';
    await expect.poll(ground).toBe('rgb(18, 21, 26)');
    delete root.dataset['theme'];
  });
});

describe('line by line', () => {
  const removed = () => region().element().querySelector('del')?.textContent;

  test('on request, and back', async () => {
    await show();
    await compared();
    await button('Show as plain lines').click();
    expect(removed()).toContain('"max": 30');
    expect(editor.getModels()).toEqual([]);
    await button('Show in the editor').click();
    await compared();
  });

  test('where texts differ in line ends alone', async () => {
    await show(A, json(A.text.replaceAll('\n', '\r\n')));
    expect(removed()).toBe('− {');
    expect(button('Show as plain lines').query()).toBeNull();
  });

  test('where texts are long', async () => {
    const long = 'x\n'.repeat(250_000);
    await show(json(`a\n${long}`), json(`b\n${long}`));
    expect(removed()).toBe('− a');
    expect(document.querySelector('.monaco-diff-editor')).toBeNull();
  });
});
