import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { decodeLink } from '../../../src/share/codec.ts';
import type { LinkProblem } from '../../../src/share/problems.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import LinkBar from '../../../src/ui/share/LinkBar.svelte';

const handlers = { onkeep: vi.fn(), onuse: vi.fn(), ondismiss: vi.fn() };

async function problemOf(fragment: string): Promise<LinkProblem> {
  const decoded = await decodeLink(fragment, readScenario);
  if (decoded.kind !== 'rejected') throw new Error(decoded.kind);
  return decoded;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.clearAllMocks();
});

test.each([
  ['#v1.abc', 'This link is damaged.'],
  ['#v9.abc', 'This link is written in another version.'],
  [`#v1.${'A'.repeat(70_000)}`, 'This link is too long.'],
])('%.12s is explained and can be put away', async (fragment, title) => {
  await render(LinkBar, { problem: await problemOf(fragment), beside: false, href: '', ...handlers });
  await expect.element(page.getByRole('alert')).toHaveTextContent(title);
  await expect.element(page.getByRole('alert')).toHaveTextContent('What is on screen is untouched.');
  await expect.element(page.getByRole('button', { name: 'Download instead' })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  expect(handlers.ondismiss).toHaveBeenCalledOnce();
});

test('the raw text is shown and selected when it cannot be copied', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
  await render(LinkBar, { problem: await problemOf('#v1.abc'), beside: false, href: '', ...handlers });
  await page.getByRole('button', { name: 'Copy raw text' }).click();
  const raw = page.getByRole('textbox', { name: 'Raw text of the link' });
  await expect.element(raw).toHaveValue('v1.abc');
  await expect.element(raw).toHaveFocus();
});

test('a link beside own work offers all three ways', async () => {
  await render(LinkBar, {
    problem: null,
    beside: true,
    ignored: ['zoom'],
    href: 'https://example.test/#v1.x',
    ...handlers,
  });
  await expect.element(page.getByText('does not know it: zoom', { exact: false })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Use this' }).click();
  expect([handlers.onkeep.mock.calls.length, handlers.onuse.mock.calls.length]).toEqual([1, 1]);
});

test('nothing is drawn without a link', async () => {
  const { container } = await render(LinkBar, { problem: null, beside: false, href: '', ...handlers });
  expect(container.textContent.trim()).toBe('');
});
