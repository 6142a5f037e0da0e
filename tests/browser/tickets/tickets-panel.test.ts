import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { decodeToken } from '../../../src/tickets/decode.ts';
import { verifyTicket } from '../../../src/tickets/verify.ts';
import TicketsPanel from '../../../src/ui/tickets/TicketsPanel.svelte';
import { draftAt, loaderOf, START_MS } from './drafts.ts';

const token = () => page.getByRole('group', { name: 'Token text' });
const secret = () => page.getByRole('textbox', { name: 'Secret' });
const chosen = () => page.getByRole('listbox', { name: 'Tickets' }).getByRole('option', { selected: true });
const pasted = () => page.getByRole('textbox', { name: 'Token' });

async function open(total: number, selectedCall: number | null = null): Promise<void> {
  await page.viewport(1200, 900);
  await render(TicketsPanel, { total, load: loaderOf(total), startMs: START_MS, selectedCall });
  document.body.style.height = '100vh';
}

async function openPaste(): Promise<void> {
  await open(3);
  await page.getByRole('group', { name: 'Tokens' }).getByRole('button', { name: 'Paste a token' }).click();
}

function encode(value: unknown): string {
  return btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const unsigned = `${encode({ alg: 'none' })}.${encode({ sub: 'agent-1' })}.`;
const signed = `${encode({ alg: 'HS256' })}.${encode({ sub: 'agent-1', exp: 4_000_000_000 })}.${'A'.repeat(43)}`;

let address = '';
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  address = location.href;
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(location.href).toBe(address);
  expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
});

describe('tickets of a run', () => {
  test('the one looked at is signed with the key of the visit', async () => {
    await open(60);
    await expect.element(page.getByRole('heading', { name: 'Ticket 1 of 60' })).toBeVisible();
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    const text = token().element().textContent.trim();
    const key = { secret: (secret().element() as HTMLInputElement).value };
    const question = { token: text, key, algorithm: 'HS256', issuer: 'agntor.com', nowSeconds: START_MS / 1000 };
    expect(await verifyTicket(question)).toEqual({ valid: true, payload: draftAt(0).claims });
    await expect.element(page.getByText('HMAC SHA-256, 32 bytes')).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'Expires 2 Jan 2026, 00:04:58' })).toBeVisible();
  });

  test('opens the ticket of a call, and steps by key and button', async () => {
    await open(60, 8);
    await expect.element(page.getByRole('heading', { name: 'Ticket 5 of 60' })).toBeVisible();
    await page.getByRole('button', { name: 'Next ticket' }).click();
    await expect.element(page.getByRole('heading', { name: 'Ticket 6 of 60' })).toBeVisible();
    await chosen().click();
    (page.getByRole('listbox', { name: 'Tickets' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{End}');
    await expect.element(page.getByRole('heading', { name: 'Ticket 60 of 60' })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{ArrowUp}');
    await expect.element(page.getByRole('heading', { name: 'Ticket 59 of 60' })).toBeVisible();
    await expect.element(chosen()).toHaveTextContent('call 117');
  });

  test('expires as the virtual clock reaches its end', async () => {
    await open(3);
    await expect.element(page.getByText('Valid now')).toBeVisible();
    await page.getByRole('slider', { name: 'Virtual clock' }).fill(String(START_MS / 1000 + 299));
    await expect.element(page.getByRole('heading', { name: 'Ticket 1 of 3' })).toBeVisible();
    await expect.element(page.getByText('1 s left').first()).toBeVisible();
    await page.getByRole('slider', { name: 'Virtual clock' }).fill(String(START_MS / 1000 + 300));
    await expect.element(page.getByText('EXPIRED', { exact: true })).toBeVisible();
    await expect.element(page.getByText('Matches this key')).toBeVisible();
  });

  test('another key does not match, and the own one comes back', async () => {
    await open(3);
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    await secret().fill('not the key');
    await expect.element(page.getByText('INVALID_SIGNATURE')).toBeVisible();
    await page.getByRole('button', { name: 'Use the key of this visit' }).click();
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    await page.getByRole('button', { name: 'Public key' }).click();
    await expect.element(page.getByText('Not verified.', { exact: true })).toBeVisible();
    await expect.element(page.getByRole('combobox', { name: 'Algorithm' })).toHaveValue('RS256');
  });

  test('a transaction is checked against the constraints', async () => {
    await open(3);
    await page.getByRole('textbox', { name: 'Value' }).fill('12500');
    await expect.element(page.getByText('CONSTRAINT_VIOLATION')).toBeVisible();
    await page.getByRole('textbox', { name: 'Value' }).fill('50');
    await expect.element(page.getByText('Valid for this transaction')).toBeVisible();
    await page.getByRole('combobox', { name: 'MCP server' }).fill('elsewhere');
    await expect.element(page.getByText('elsewhere is not in allowed_mcp_servers', { exact: true })).toBeVisible();
    await page.getByRole('textbox', { name: 'Value' }).fill('a lot');
    await expect.element(page.getByText('The value is not a number. Enter one such as 12500.')).toBeVisible();
  });

  test('without tickets there is a sentence and an action', async () => {
    await open(0);
    await page.getByRole('button', { name: 'Paste a token' }).nth(1).click();
    await expect.element(pasted()).toBeVisible();
  });

  test('a run that is gone says so', async () => {
    await render(TicketsPanel, { total: 5, load: () => Promise.resolve([]), startMs: START_MS });
    await expect.element(page.getByText('Press Run to issue them again', { exact: false })).toBeVisible();
  });
});

describe('copying', () => {
  test('says copied only after the browser has done it', async () => {
    let finish: () => void = () => undefined;
    const write = vi
      .spyOn(navigator.clipboard, 'writeText')
      .mockReturnValue(new Promise<void>((resolve) => (finish = resolve)));
    await open(3);
    await page.getByRole('button', { name: 'Copy token' }).click();
    await expect.poll(() => write.mock.calls.length).toBe(1);
    expect(page.getByRole('button', { name: 'Copied' }).query()).toBeNull();
    finish();
    await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(decodeToken(write.mock.calls[0]?.[0] ?? '').kind).toBe('decoded');
  });

  test('selects the token when the browser refuses', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    await open(3);
    await page.getByRole('button', { name: 'Copy token' }).click();
    await expect.element(page.getByText('Token not copied.', { exact: false })).toBeVisible();
    await expect.poll(() => getSelection()?.toString().trim()).toBe(token().element().textContent.trim());
  });
});

describe('a token pasted', () => {
  test('is opened and not verified until a key is given', async () => {
    await openPaste();
    await pasted().fill(signed);
    await expect.element(page.getByText('Not verified', { exact: true })).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'agent-1' })).toBeVisible();
    await secret().fill('some key');
    await expect.element(page.getByText('INVALID_SIGNATURE')).toBeVisible();
    await expect.element(page.getByText('Not verified', { exact: true })).not.toBeInTheDocument();
  });

  test('with algorithm none is called unsigned, with a key too', async () => {
    await openPaste();
    await pasted().fill(unsigned);
    await expect
      .element(page.getByText('this token is not signed, anyone could have made it', { exact: false }))
      .toBeVisible();
    await secret().fill('some key');
    await expect.element(page.getByText('INVALID_SIGNATURE')).toBeVisible();
  });

  test.each([
    ['garbage', 'hello there', 'three parts joined by dots are expected'],
    ['cut short', signed.slice(0, 40), 'Only two of three parts are there'],
    ['altered', signed.replace('.', '.%'), 'Not base64url: character 1 of the payload'],
    ['1 MB', 'A'.repeat(1_000_000), 'This text has 1,000,000 characters'],
  ])('%s gets a clear answer', async (_, text, words) => {
    await openPaste();
    const field = pasted().element() as HTMLTextAreaElement;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const kept = field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    if (kept) await pasted().fill(text);
    await expect.element(page.getByRole('status').filter({ hasText: words })).toBeVisible();
    await expect.element(pasted()).toHaveAttribute('aria-invalid', 'true');
    expect(field.value.length).toBeLessThan(1000);
    await pasted().fill(signed);
    await expect.element(page.getByText('Not verified', { exact: true })).toBeVisible();
  });
});
