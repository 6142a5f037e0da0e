import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import { decodeLink } from '../../../src/share/codec.ts';
import type { LinkContent } from '../../../src/share/schema.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import ShareDialog from '../../../src/ui/share/ShareDialog.svelte';

const content: LinkContent = {
  policy: { dialect: 'policylayer', text: SEED_POLICY_TEXT },
  scenario: SEED_SCENARIO,
  windows: 'sliding',
};

/** Text that hardly compresses. */
function noise(words: number): string {
  return Array.from({ length: words }, (_, i) => ((i * 48_271) % 65_537).toString(36)).join(' ');
}

const withText = (text: string): LinkContent => ({ ...content, policy: { dialect: 'policylayer', text } });
const url = (fragment: string) => `https://example.test/#${fragment}`;
const link = () => page.getByRole('textbox', { name: 'Link' });
const onclose = vi.fn();
const save = () => page.getByRole('button', { name: 'Save as file' });

async function open(shared: LinkContent): Promise<string> {
  await render(ShareDialog, { content: shared, url, onclose });
  await expect.element(link()).toBeVisible();
  return (link().element() as HTMLTextAreaElement).value;
}

afterEach(() => {
  vi.restoreAllMocks();
  onclose.mockClear();
});

describe('the share dialog', () => {
  test('offers a link that opens as the same content', async () => {
    const text = await open(content);
    expect(await decodeLink(new URL(text).hash, readScenario)).toMatchObject({ kind: 'opened', content });
    await expect.element(page.getByRole('link', { name: 'Open in a new tab' })).toHaveAttribute('href', text);
    await expect.element(page.getByText('Short enough for chat', { exact: false })).toBeVisible();
    expect(save().query()).toBeNull();
  });

  test('has the link selected, says what it holds, and closes with Esc', async () => {
    await open(content);
    await expect.element(link()).toHaveFocus();
    const field = link().element() as HTMLTextAreaElement;
    expect(field.selectionEnd - field.selectionStart).toBe(field.value.length);
    const held = page.getByRole('region', { name: 'What it holds' });
    await expect.element(held).toHaveTextContent(/PolicyLayer, 265 characters.*Runaway ticket loop, 2 agents.*Sliding/);
    await expect.element(held).toHaveTextContent('Signing keys, tokens, results');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => page.getByRole('dialog').query()).toBeNull();
    await expect.poll(() => onclose.mock.calls).toHaveLength(1);
  });

  test('names the tab in view as the page does', async () => {
    await open({ ...content, view: { tab: 'log', call: 38 } });
    const held = page.getByRole('region', { name: 'What it holds' });
    await expect.element(held).toHaveTextContent('Tab Audit log, call 39');
  });

  test('says copied only after it has been, and else what to press', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('denied'));
    const text = await open(content);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.element(page.getByText('Link not copied. Select the text and press Ctrl C')).toBeVisible();
    expect(page.getByRole('button', { name: 'Copied' }).query()).toBeNull();
    write.mockResolvedValueOnce(undefined);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(write).toHaveBeenLastCalledWith(text);
  });

  test('offers the file beside a link that some sites cut', async () => {
    const text = await open(withText(noise(4000)));
    expect(text.length).toBeGreaterThan(8000);
    await expect.element(page.getByText('some sites cut links this long', { exact: false })).toBeVisible();
    await expect.element(save()).toBeVisible();
  });

  test('offers only the file above the cap', async () => {
    await render(ShareDialog, { content: withText(noise(40_000)), url, onclose });
    await expect.element(page.getByText('This link is too long.')).toBeVisible();
    await expect.element(save()).toBeVisible();
    expect(link().query()).toBeNull();
  });
});
