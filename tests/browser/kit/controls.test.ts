import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { createRawSnippet } from 'svelte';
import Menu from '../../../src/ui/kit/Menu.svelte';
import Splitter from '../../../src/ui/kit/Splitter.svelte';
import TabList from '../../../src/ui/kit/TabList.svelte';
import IconButton from '../../../src/ui/kit/IconButton.svelte';
import Undo2 from '@lucide/svelte/icons/undo-2';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/components.css';

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
const focused = () => document.activeElement?.textContent.trim() ?? '';

describe('a menu', () => {
  const items = [
    { id: 'one', label: 'Policy' },
    { id: 'two', label: 'Scenario', disabled: true },
    { id: 'three', label: 'Share' },
  ];

  async function open(): Promise<ReturnType<typeof vi.fn>> {
    const onselect = vi.fn();
    await render(Menu, { items, onselect, name: 'Export', children: words('Export') });
    page.getByRole('button', { name: 'Export' }).element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('menu')).toBeVisible();
    return onselect;
  }

  test('goes through its items with arrows, ends and first letters, and comes round', async () => {
    await open();
    await expect.poll(focused).toBe('Policy');
    const seen: string[] = [focused()];
    for (const key of ['{ArrowDown}', '{ArrowDown}', '{End}', '{Home}', 's']) {
      await userEvent.keyboard(key);
      seen.push(focused());
    }
    expect(seen).toEqual(['Policy', 'Share', 'Policy', 'Share', 'Policy', 'Share']);
  });

  test('chooses, and gives the focus back', async () => {
    const onselect = await open();
    await userEvent.keyboard('{End}{Enter}');
    expect(onselect).toHaveBeenCalledExactlyOnceWith('three');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Export' })).toHaveFocus();
  });

  test('chooses nothing that is disabled', async () => {
    const onselect = await open();
    const disabled = page.getByRole('menuitem', { name: 'Scenario' });
    await expect.element(disabled).toHaveAttribute('aria-disabled', 'true');
    (disabled.element() as HTMLElement).click();
    expect(onselect).not.toHaveBeenCalled();
  });

  test('closes with Esc, which nothing further out acts on', async () => {
    await open();
    const taken = vi.fn<(done: boolean) => void>();
    const hear = (event: KeyboardEvent): void => taken(event.defaultPrevented);
    window.addEventListener('keydown', hear);
    await userEvent.keyboard('{Escape}');
    window.removeEventListener('keydown', hear);
    expect(taken).toHaveBeenCalledExactlyOnceWith(true);
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Export' })).toHaveFocus();
  });

  test('closes when something else is pressed', async () => {
    await open();
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await expect.poll(() => page.getByRole('menu').query()).toBeNull();
  });
});

describe('a tab bar', () => {
  test('moves and chooses with arrows, Home and End; one tab is in the tab order', async () => {
    const chosen: string[] = [];
    const tabs = ['summary', 'findings', 'log'].map((id) => ({ id, label: id }));
    const shown = await render(TabList, {
      base: 'x',
      label: 'Results',
      tabs,
      value: 'summary',
      onchange: (id: string) => {
        chosen.push(id);
        void shown.rerender({ value: id });
      },
    });
    page.getByRole('tab', { name: 'summary' }).element().focus();
    for (const key of ['{ArrowRight}', '{ArrowRight}', '{ArrowRight}', '{End}', '{Home}', '{ArrowLeft}']) {
      await userEvent.keyboard(key);
      await expect.poll(focused).toBe(chosen.at(-1));
    }
    expect(chosen).toEqual(['findings', 'log', 'summary', 'log', 'summary', 'log']);
    const order = page.getByRole('tab').elements();
    expect(order.map((tab) => (tab as HTMLElement).tabIndex)).toEqual([-1, -1, 0]);
  });
});

describe('a splitter', () => {
  async function show(value: number): Promise<ReturnType<typeof vi.fn<(px: number) => void>>> {
    const onchange = vi.fn<(px: number) => void>();
    await render(Splitter, {
      label: 'Width',
      across: 'x',
      value,
      min: 400,
      max: 720,
      onchange,
      onreset: () => onchange(0),
    });
    page.getByRole('separator').element().focus();
    return onchange;
  }

  test.each([
    ['{ArrowLeft}', 500, 484],
    ['{ArrowRight}', 500, 516],
    ['{ArrowLeft}', 405, 400],
    ['{ArrowRight}', 715, 720],
    ['{Home}', 500, 400],
    ['{End}', 500, 720],
  ])('%s from %i goes to %i', async (key, from, to) => {
    const onchange = await show(from);
    await userEvent.keyboard(key);
    expect(onchange).toHaveBeenCalledExactlyOnceWith(to);
  });

  test('says where it stands, and a double click resets it', async () => {
    const onchange = await show(500);
    const splitter = page.getByRole('separator', { name: 'Width' });
    await expect.element(splitter).toHaveAttribute('aria-valuenow', '500');
    splitter.element().dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    expect(onchange).toHaveBeenCalledExactlyOnceWith(0);
  });
});

describe('a button that is only an icon', () => {
  test('has a name, and shows it as a tooltip to the keyboard', async () => {
    await render(IconButton, { name: 'Undo', icon: Undo2 });
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveFocus();
    await expect.poll(() => document.querySelector('.tooltip')?.textContent).toBe('Undo');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector('.tooltip')).toBeNull();
  });
});
