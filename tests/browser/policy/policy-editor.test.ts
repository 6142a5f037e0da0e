import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import PolicyPane from '../../../src/ui/policy/PolicyPane.svelte';
import { openPlayground } from '../shell/open-playground.ts';

let playground: Playground;
let frame: HTMLElement;

const editor = () => page.getByRole('textbox', { name: 'Policy text' });
const node = () => editor().element() as HTMLTextAreaElement;
const text = () => playground.workspace.policyText;
const isFull = () => frame.querySelector('.monaco-editor') !== null;

beforeEach(() => {
  frame = document.createElement('section');
  frame.style.cssText = 'display:flex;flex-direction:column;width:600px;height:800px';
  document.body.append(frame);
});
afterEach(() => {
  playground.close();
  frame.remove();
});

/** Shows the pane with the plain text area; `run` lets the full editor come. */
async function show(work: Partial<Work> = {}): Promise<void> {
  playground = openPlayground(work);
  await render(PolicyPane, { target: frame, props: { playground, active: true } });
  await expect.element(editor()).toBeVisible();
}
async function becomeFull(): Promise<void> {
  await playground.workspace.recheck();
  await playground.run.start();
  await expect.poll(isFull, { timeout: 20_000 }).toBe(true);
}
function select(start: number, end: number): void {
  node().focus();
  node().setSelectionRange(start, end);
}

describe('the plain text area', () => {
  test('edits the policy, and the line ends and byte order mark that nobody touched stay', async () => {
    await show({ policyText: '\uFEFF{\r\n  "version": "1"\r\n}' });
    select(node().value.length, node().value.length);
    await userEvent.keyboard('{Enter}x');
    expect(text()).toBe('\uFEFF{\r\n  "version": "1"\r\n}\r\nx');
  });

  test('takes Tab for indentation only after something was typed', async () => {
    await show();
    select(0, 0);
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement).not.toBe(node());
    select(0, 0);
    await userEvent.keyboard('x{Tab}y');
    expect(text().startsWith('x  y{')).toBe(true);
  });

  test('leaves with Esc to the tab bar', async () => {
    await show();
    select(0, 0);
    await userEvent.keyboard('x{Escape}');
    await expect.element(page.getByRole('tab', { name: 'JSON' })).toHaveFocus();
  });

  test('undoes and redoes typed and applied edits', async () => {
    await show({ policyText: '{"version":"1","default":"deny"}' });
    select(0, 0);
    await userEvent.keyboard('  ');
    await page.getByRole('button', { name: 'Format' }).click();
    await expect.poll(text, { timeout: 20_000 }).toBe('{\n  "version": "1",\n  "default": "deny"\n}');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(text()).toBe('  {"version":"1","default":"deny"}');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(text()).toBe('{"version":"1","default":"deny"}');
    await userEvent.keyboard('{Control>}y{/Control}');
    expect(text()).toBe('  {"version":"1","default":"deny"}');
  });

  test('says where the caret is', async () => {
    await show({ policyText: '{\n  "version": "1"\n}' });
    select(5, 5);
    await expect.element(page.getByText('Ln 2, Col 4')).toBeVisible();
  });
});

describe('the hand-over to the full editor', () => {
  test('keeps text, selection, focus and Undo', async () => {
    await show();
    const before = text();
    select(0, 0);
    await userEvent.keyboard('abc{Enter}def');
    node().setSelectionRange(1, 3);
    await becomeFull();
    await expect.element(editor()).toHaveFocus();
    expect(text()).toBe(`abc\ndef${before}`);
    await userEvent.keyboard('Z');
    expect(text()).toBe(`aZ\ndef${before}`);
    for (let step = 0; step < 5; step++) await userEvent.keyboard('{Control>}z{/Control}');
    expect(text()).toBe(before);
  });

  test('loses no key that is typed meanwhile', async () => {
    await show();
    const before = text();
    select(0, 0);
    const typed = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
    const full = becomeFull();
    for (const key of typed) await userEvent.keyboard(key);
    await full;
    await userEvent.keyboard('!');
    expect(text()).toBe(`${typed}!${before}`);
  });

  test('takes no focus that was elsewhere', async () => {
    await show();
    const button = page.getByRole('button', { name: 'Format' }).element();
    button.focus();
    await becomeFull();
    expect(document.activeElement).toBe(button);
  });
});

describe('the full editor', () => {
  test('keeps line ends as written, and the places of diagnostics with them', async () => {
    await show({ policyText: '{\r\n  "version": "1",\r\n  "default": "denied"\r\n}' });
    await becomeFull();
    await expect.element(page.getByRole('status')).toHaveTextContent(/1 error/);
    await page.getByRole('button', { name: /1 error/ }).click();
    await page.getByRole('dialog', { name: 'Problems' }).getByRole('button', { name: /Ln 3/ }).click();
    await expect.element(editor()).toHaveFocus();
    await userEvent.keyboard('"deny"');
    expect(text()).toBe('{\r\n  "version": "1",\r\n  "default": "deny"\r\n}');
  });

  test('marks mistakes in place and applies a fix as one step', async () => {
    await show({ policyText: '{\n  "version": "1",\n  "default": "deny",\n  "tols": {}\n}' });
    await becomeFull();
    await expect.poll(() => frame.querySelector('.squiggly-error')).not.toBeNull();
    await page.getByRole('button', { name: 'Rename it to tools' }).click();
    await expect.poll(text).toBe('{\n  "version": "1",\n  "default": "deny",\n  "tools": {}\n}');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(text()).toContain('tols');
  });

  test('shows what the last run did at the ends of lines, as long as the text parses', async () => {
    await show();
    await becomeFull();
    const hints = () =>
      [...frame.querySelectorAll('.result-hint')].map((hint) => hint.textContent.replaceAll('\u00a0', ' '));
    await expect.poll(hints).toEqual(['13', '80', '40', '40 by this limit']);
    editor().element().focus();
    await userEvent.keyboard('{Control>}{End}{/Control}x');
    await expect.poll(hints).toEqual([]);
  });

  test('leaves with Esc; Tab moves on until something is typed', async () => {
    await show();
    await becomeFull();
    editor().element().focus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('tab', { name: 'JSON' })).toHaveFocus();
    editor().element().focus();
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement).not.toBe(node());
    editor().element().focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}q{Tab}r');
    expect(text().startsWith('q r{') || text().startsWith('q  r{')).toBe(true);
  });

  test.each(['f', 's', 'k', 'l', 'p', 'd'])('leaves Ctrl %s to the browser', async (key) => {
    await show();
    await becomeFull();
    const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true });
    editor().element().dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
    expect(frame.querySelector('.find-widget.visible')).toBeNull();
  });

  test('selects the rule that was asked for and takes the focus there', async () => {
    await show();
    await becomeFull();
    playground.selection.showRule('/tools/issue_audit_ticket/limits/0');
    await expect.element(editor()).toHaveFocus();
    await userEvent.keyboard('1');
    await expect.poll(() => text().replaceAll(/\s/g, '')).toContain('"limits":[1]');
  });

  test('marks the rule that decided the selected call, and leaves the focus alone', async () => {
    await show();
    await becomeFull();
    const button = page.getByRole('button', { name: 'Format' }).element();
    button.focus();
    const denied = 130;
    await playground.selection.open(denied);
    await expect.poll(() => frame.querySelectorAll('.rule-edge.deny').length).toBe(1);
    expect(document.activeElement).toBe(button);
    await expect.element(page.getByText(`Rule of call ${denied + 1}: line 3`)).toBeVisible();
    const status = page.getByText('No problems').element();
    frame.style.width = '400px';
    expect(status.getBoundingClientRect().width).toBeGreaterThanOrEqual(status.scrollWidth);
    playground.selection.close();
    await expect.poll(() => frame.querySelectorAll('.rule-edge').length).toBe(0);
  });

  test('takes a policy from elsewhere as one step of its Undo', async () => {
    await show();
    await becomeFull();
    const before = text();
    playground.replace({ ...playground.workspace.work, policyText: '{}' }, 'Policy opened.');
    await expect.poll(() => frame.querySelector('.view-lines')?.textContent).toBe('{}');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(text).toBe(before);
  });
});
