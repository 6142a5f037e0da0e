import { createRawSnippet } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import App from '../../../src/ui/App.svelte';
import DialogFrame from '../../../src/ui/kit/DialogFrame.svelte';
import { openDialog } from '../../../src/ui/kit/open-dialog.ts';
import { openPlayground, SEED } from '../shell/open-playground.ts';
import { closeDialogs } from './close-dialogs.ts';

const html = (text: string) => createRawSnippet(() => ({ render: () => text }));
const dialogs = () => page.getByRole('dialog').elements();
const focused = () => document.activeElement;
const close = (dialog: Locator) => dialog.getByRole('button', { name: 'Close', exact: true });

/** True when nothing in `dialog` is wider than its box. */
const fits = (dialog: Element): boolean =>
  [dialog, ...dialog.children].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);

afterEach(closeDialogs);

describe('a dialog', () => {
  const LONG = html(`<div>${'<p>words</p>'.repeat(200)}<a href="#last">Last</a></div>`);
  const frame = page.getByRole('dialog', { name: 'Frame' });
  const opener = page.getByRole('button', { name: 'Open' });
  const fetched = () => Promise.resolve({ default: DialogFrame });

  /** Opens the frame by keyboard, from a button that gets the focus back. */
  async function open(props: { foot?: ReturnType<typeof html>; focus?: () => HTMLElement | null } = {}): Promise<void> {
    const button = document.createElement('button');
    button.textContent = 'Open';
    button.onclick = () => void openDialog(fetched(), { title: 'Frame', children: LONG, ...props });
    document.body.append(button);
    button.focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(frame).toBeVisible();
  }
  afterEach(() => opener.element().remove());

  test('gives the focus to its body and not to Close, and back to what opened it', async () => {
    await open();
    await expect.poll(() => frame.element().contains(focused())).toBe(true);
    expect(focused()?.matches('button')).toBe(false);
    expect(focused()?.textContent).toContain('words');
    await userEvent.keyboard('{Escape}');
    await expect.poll(dialogs).toEqual([]);
    await expect.element(opener).toHaveFocus();
  });

  test('gives the focus to what asks for it', async () => {
    await open({ focus: () => frame.getByRole('link', { name: 'Last' }).element() as HTMLElement });
    await expect.element(frame.getByRole('link', { name: 'Last' })).toHaveFocus();
  });

  test('closes with Close, and keeps Tab inside', async () => {
    await open();
    await userEvent.keyboard('{Tab}');
    await expect.element(frame.getByRole('link', { name: 'Last' })).toHaveFocus();
    await userEvent.keyboard('{Tab}');
    await expect.element(close(frame)).toHaveFocus();
    await expect.poll(() => document.querySelector('.tooltip')?.textContent).toBe('Close');
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    await expect.element(frame.getByRole('link', { name: 'Last' })).toHaveFocus();
    await close(frame).click();
    await expect.poll(dialogs).toEqual([]);
    await expect.element(opener).toHaveFocus();
  });

  test('closes with one Esc while a tooltip is shown in it', async () => {
    await open();
    await close(frame).hover();
    await expect.poll(() => document.querySelector('.tooltip')?.textContent).toBe('Close');
    await userEvent.keyboard('{Escape}');
    await expect.poll(dialogs).toEqual([]);
    await expect.poll(() => document.querySelector('.tooltip')).toBeNull();
    await expect.element(opener).toHaveFocus();
  });

  test('scrolls its body and keeps its foot at 320 px, with nothing sideways', async () => {
    await page.viewport(320, 400);
    await open({ foot: html('<button type="button">Accept</button>') });
    const accept = frame.getByRole('button', { name: 'Accept' });
    const foot = () => accept.element().getBoundingClientRect();
    const before = foot().top;
    expect(foot().bottom).toBeLessThanOrEqual(400);
    const last = frame.getByRole('link', { name: 'Last' });
    last.element().scrollIntoView({ block: 'nearest' });
    await expect.poll(() => last.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(before);
    expect(foot().top).toBe(before);
    expect(close(frame).element().getBoundingClientRect().top).toBeGreaterThan(0);
    expect(fits(frame.element())).toBe(true);
  });

  test('is there once, however often it is asked for while it is fetched', async () => {
    const props = { title: 'Frame', children: LONG };
    await open();
    await Promise.all([openDialog(fetched(), props), openDialog(fetched(), props)]);
    expect(dialogs()).toHaveLength(1);
    await userEvent.keyboard('{Escape}');
    await expect.poll(dialogs).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(frame).toBeVisible();
  });

  test('that cannot be fetched is told to who asked', async () => {
    const onfail = vi.fn();
    await open();
    const offline: ReturnType<typeof fetched> = Promise.reject(new Error('offline'));
    await openDialog(offline, { title: 'Frame', children: LONG }).catch(onfail);
    expect(onfail).toHaveBeenCalledOnce();
  });
});

describe.each([
  [1440, 900],
  [320, 640],
])('the dialogs of the page at %i × %i', (width, height) => {
  let playground: Playground;
  const isWide = width > 720;
  const header = page.getByRole('banner');

  beforeEach(async () => {
    await page.viewport(width, height);
    playground = openPlayground();
    await render(App, { playground });
    playground.show(SEED);
    await expect.poll(() => playground.run.phase, { timeout: 20_000 }).toBe('done');
  });
  afterEach(async () => {
    await closeDialogs();
    playground.close();
  });

  async function press(button: Locator): Promise<Locator> {
    await expect.element(button).toBeInTheDocument();
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    return button;
  }
  async function choose(button: Locator, item: RegExp): Promise<Locator> {
    await press(button);
    await press(page.getByRole('menuitem', { name: item }));
    return button;
  }
  const inHeader = (item: RegExp) =>
    choose(header.getByRole('button', { name: isWide ? 'Export' : 'More', exact: true }), item);

  /** By name, what opens each by keyboard and gives the button that gets the focus back. */
  const OPENERS: readonly (readonly [string, () => Promise<Locator>])[] = [
    ['Examples', () => (isWide ? press(header.getByRole('button', { name: /^Example/ })) : inHeader(/^Examples/))],
    ['k6 script', () => inHeader(/k6 script/)],
    ['History', () => inHeader(/^History/)],
    ['Projects', () => inHeader(/^Projects/)],
    ['Commands', () => (isWide ? press(header.getByRole('button', { name: 'Commands' })) : inHeader(/^Commands/))],
    ['Import a trace', () => press(page.getByRole('button', { name: 'Import a trace' }))],
    ['Convert to Intercept', () => choose(page.getByRole('button', { name: /^Dialect/ }), /^Convert/)],
    ['Suggest a policy', () => press(page.getByRole('button', { name: 'Suggest a policy…' }))],
    ['Share', () => press(header.getByRole('button', { name: /^Share/ }))],
  ];

  async function showEverything(): Promise<void> {
    playground.layout.unfold('policy');
    playground.selection.tab = 'findings';
    await expect.element(page.getByRole('button', { name: 'Suggest a policy…' })).toBeInTheDocument();
  }

  test(
    'open, fit and close with one Esc one after another, and the focus goes back',
    { timeout: 120_000 },
    async () => {
      await showEverything();
      // why: the second time, each is there at once instead of being fetched.
      for (const [name, openIt] of [...OPENERS, ...OPENERS]) {
        const opener = await openIt();
        const dialog = page.getByRole('dialog', { name, exact: true });
        await expect.element(dialog).toBeVisible();
        await expect.poll(() => dialog.element().contains(focused()), { message: name }).toBe(true);
        expect(focused()?.getAttribute('aria-label'), name).not.toBe('Close');
        if (name === 'Share') await expect.element(dialog.getByRole('textbox', { name: 'Link' })).toHaveFocus();
        expect(fits(dialog.element()), `${name} sideways`).toBe(true);
        await userEvent.keyboard('{Escape}');
        await expect.poll(dialogs, { message: name }).toEqual([]);
        await expect.element(opener).toHaveFocus();
      }
    },
  );

  test('opened by a command close alone, and the focus is back where the commands were opened', async () => {
    const commands = OPENERS.find(([name]) => name === 'Commands')?.[1];
    for (const [words, name] of [
      ['Export a k6 script', 'k6 script'],
      ['Share…', 'Share'],
      ['Browse the examples', 'Examples'],
    ] as const) {
      const opener = await commands?.();
      await userEvent.fill(page.getByRole('combobox', { name: 'Search the commands' }), words);
      await userEvent.keyboard('{Enter}');
      const dialog = page.getByRole('dialog', { name, exact: true });
      await expect.element(dialog).toBeVisible();
      expect(dialogs()).toHaveLength(1);
      await expect.poll(() => dialog.element().contains(focused()), { message: name }).toBe(true);
      await userEvent.keyboard('{Escape}');
      await expect.poll(dialogs, { message: name }).toEqual([]);
      await expect.poll(focused, { message: name }).toBe(opener?.element());
    }
  });
});
