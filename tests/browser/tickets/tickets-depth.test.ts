import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { TicketAnswer, TicketRequest } from '../../../workers/engine-api.ts';
import { TICKET_ALGORITHMS } from '../../../src/tickets/algorithms.ts';
import { decodeToken } from '../../../src/tickets/decode.ts';
import { createSigningKey, issueTicket } from '../../../src/tickets/issue.ts';
import type { SigningKey } from '../../../src/tickets/issue.ts';
import { TicketExport } from '../../../src/ui/tickets/ticket-export.ts';
import { TicketSigning } from '../../../src/ui/tickets/ticket-signing.svelte.ts';
import TicketsPanel from '../../../src/ui/tickets/TicketsPanel.svelte';
import { draftAt, loaderOf, START_MS } from './drafts.ts';
import { askerOf } from './stories.ts';

const token = () => page.getByRole('group', { name: 'Token text' });
const warnings = () => page.getByRole('list', { name: 'Warnings about the key' });
const exact = () => page.getByRole('textbox', { name: 'Exact time, UTC' });

async function open(total: number, asked: TicketRequest[] = [], selectedMs: number | null = null) {
  await page.viewport(1200, 900);
  document.body.style.height = '100vh';
  const ask = askerOf(total, asked);
  return render(TicketsPanel, {
    total,
    load: loaderOf(total),
    ask,
    startMs: START_MS,
    endMs: START_MS + 6000,
    selectedMs,
  });
}

async function paste(text: string): Promise<void> {
  await open(3);
  await page.getByRole('group', { name: 'Tokens' }).getByRole('button', { name: 'Paste a token' }).click();
  await page.getByRole('textbox', { name: 'Token' }).fill(text);
}

function pemOf(key: SigningKey): string {
  const checking = key.checkingKey();
  return 'publicPem' in checking ? checking.publicPem : '';
}

async function jwkOf(pem: string): Promise<object> {
  const der = Uint8Array.from(atob(pem.replaceAll(/-----.*-----|\s/g, '')), (c) => c.charCodeAt(0));
  const key = await crypto.subtle.importKey('spki', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, [
    'verify',
  ]);
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', key);
  return { kty, n, e };
}

let address = '';
beforeEach(() => {
  address = location.href;
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(location.href).toBe(address);
  expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
});

describe('signing', () => {
  test.each(TICKET_ALGORITHMS)('with %s, by a key made for it', async (algorithm) => {
    await open(3);
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    await page.getByRole('combobox', { name: 'Signed with' }).selectOptions(algorithm);
    await expect.element(page.getByText(`"alg": "${algorithm}"`)).toBeVisible();
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    await expect.element(page.getByRole('combobox', { name: 'Algorithm' })).toHaveValue(algorithm);
    expect(warnings().query()).toBeNull();
  });

  test('of a hundred thousand tickets signs the one looked at', async () => {
    const signatures = vi.spyOn(crypto.subtle, 'sign');
    await open(100_000);
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    expect(signatures).toHaveBeenCalledTimes(1);
    await page.getByRole('button', { name: 'Next ticket' }).click();
    await expect.element(page.getByRole('heading', { name: 'Ticket 2 of 100,000' })).toBeVisible();
    await expect.poll(() => signatures.mock.calls.length).toBe(2);
  });

  test('the newest choice of an algorithm counts, whichever key is ready first', async () => {
    const finish = new Map<string, (key: SigningKey) => void>();
    const told: string[] = [];
    const signing = new TicketSigning(
      ({ algorithm }) => told.push(algorithm),
      (algorithm) => new Promise((resolve) => finish.set(algorithm, resolve)),
    );
    const first = signing.choose('RS256');
    const second = signing.choose('HS512');
    finish.get('HS512')?.(await createSigningKey('HS512'));
    await second;
    finish.get('RS256')?.(await createSigningKey('HS256'));
    await first;
    expect([told, signing.key?.algorithm]).toEqual([['HS512'], 'HS512']);
  });

  test('says when the browser has no cryptography', async () => {
    const signing = new TicketSigning(
      () => undefined,
      () => Promise.reject(new Error('no WebCrypto')),
    );
    await signing.choose('RS512');
    expect([signing.unavailable, signing.key]).toEqual([true, null]);
  });
});

describe('keys typed', () => {
  test('a secret as hex and base64, and what is wrong with it', async () => {
    const key = await createSigningKey();
    const checking = key.checkingKey();
    const secret = 'secret' in checking ? checking.secret : '';
    await paste(await issueTicket(draftAt(0).claims, key));
    const field = page.getByRole('textbox', { name: 'Secret' });
    await field.fill(btoa(secret));
    await expect.element(page.getByText('The signature does not match', { exact: false }).first()).toBeVisible();
    await page.getByRole('combobox', { name: 'Secret written as' }).selectOptions('base64');
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    await page.getByRole('combobox', { name: 'Secret written as' }).selectOptions('hex');
    await expect.element(page.getByText('is no hex digit', { exact: false })).toBeVisible();
    await field.fill([...secret].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(' '));
    await expect.element(page.getByText('Matches this key')).toBeVisible();
  });

  test('a set of keys needs a choice', async () => {
    const [key, other] = await Promise.all([createSigningKey('RS256'), createSigningKey('RS256')]);
    const [jwk, wrong] = [await jwkOf(pemOf(key)), await jwkOf(pemOf(other))];
    await paste(await issueTicket(draftAt(0).claims, key));
    const field = page.getByRole('textbox', { name: 'Public key' });
    await field.fill(
      JSON.stringify({
        keys: [
          { ...wrong, kid: 'old' },
          { ...jwk, kid: 'new', alg: 'RS256' },
        ],
      }),
    );
    await expect.element(page.getByText('This set has 2 keys', { exact: false })).toBeVisible();
    await page.getByRole('combobox', { name: 'Key of the set' }).selectOptions('old, RSA');
    await expect.element(page.getByText('The signature does not match', { exact: false }).first()).toBeVisible();
    await page.getByRole('combobox', { name: 'Key of the set' }).selectOptions('new, RSA, RS256');
    await expect.element(page.getByText('Matches this key')).toBeVisible();
    await field.fill(JSON.stringify(jwk));
    await expect.element(page.getByText('Matches this key')).toBeVisible();
  });
});

describe('warnings', () => {
  test('a short secret, and a token that looks real', async () => {
    const claims = { iss: 'https://login.example.org', sub: 'x', exp: 4_000_000_000 };
    await paste(await issueTicket(claims, await createSigningKey()));
    await expect.element(page.getByText('This looks like a real token', { exact: false })).toBeVisible();
    await page.getByRole('textbox', { name: 'Secret' }).fill('short');
    await expect.element(warnings()).toHaveTextContent('This secret has 5 bytes, HS256 asks for at least 32');
  });

  test('a public key taken for the secret is refused, and proven to be an attack', async () => {
    const pem = pemOf(await createSigningKey('RS256'));
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pem), hmac, false, ['sign']);
    const { signContent } = await import('../../../src/tickets/sign.ts');
    const content = new TextEncoder().encode(JSON.stringify(draftAt(0).claims));
    await paste(await signContent(content, { algorithm: 'HS256', key: secret }));
    await page.getByRole('button', { name: 'Public key' }).click();
    await page.getByRole('textbox', { name: 'Public key' }).fill(pem);
    await expect.element(warnings()).toHaveTextContent('Algorithm confusion');
    await expect.element(warnings()).toHaveTextContent('an attack by algorithm confusion');
    await expect.element(page.getByText('INVALID_SIGNATURE')).toBeVisible();
  });
});

describe('the virtual moment', () => {
  test('is set exactly, and crosses midnight by the time of day alone', async () => {
    await open(3);
    await exact().fill('00:04:58');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('EXPIRED', { exact: true })).toBeVisible();
    await exact().fill('noon');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Write a time such as 23:59:58.040.')).toBeVisible();
    await expect.element(exact()).toHaveValue('noon');
    await expect.element(page.getByText('EXPIRED', { exact: true })).toBeVisible();
  });

  test('follows the call selected on the page', async () => {
    const view = await open(3);
    await expect.element(page.getByText('Valid now')).toBeVisible();
    await view.rerender({ selectedMs: START_MS + 300_040 });
    await expect.element(exact()).toHaveValue('2026-01-02 00:04:58.040');
    await expect.element(page.getByText('EXPIRED', { exact: true })).toBeVisible();
  });
});

describe('over time', () => {
  test('lives beside the limit, with the measure in words', async () => {
    const asked: TicketRequest[] = [];
    await open(120, asked);
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Over time' }).click();
    await expect
      .element(page.getByText('10 tickets are valid, each lets its agent act, the last until', { exact: false }))
      .toHaveTextContent('the policy lets 30 a minute be issued, 20 more now: the tickets are the tighter of the two.');
    await expect.element(page.getByRole('img', { name: /At most 10 tickets valid at once/ })).toBeVisible();
    await expect
      .element(page.getByText('max_ops_per_hour is declared, enforced nowhere', { exact: false }))
      .toBeVisible();
    await expect
      .element(page.getByRole('cell', { name: 'Outlives the kill switch of call 9 by 4 min, 1 use after it' }))
      .toBeVisible();
    await page.getByRole('button', { name: 'Later lives' }).click();
    await expect.element(page.getByText('Tickets 51 to 100')).toBeVisible();
    await page.getByRole('button', { name: 'Ticket 51', exact: true }).click();
    await expect.element(page.getByRole('heading', { name: 'Ticket 51 of 120' })).toBeVisible();
  });

  test('a transaction checked with a ticket is a use that its life shows', async () => {
    await open(3);
    await page.getByRole('textbox', { name: 'Value' }).fill('12500');
    await expect.element(page.getByText('CONSTRAINT_VIOLATION')).toBeVisible();
    await page.getByRole('button', { name: 'Over time' }).click();
    await expect
      .element(page.getByRole('cell', { name: 'Transaction checked at 23:59:58: CONSTRAINT_VIOLATION' }))
      .toBeVisible();
  });

  test('until all have expired asks for a longer span', async () => {
    const asked: TicketRequest[] = [];
    await open(3, asked);
    await page.getByRole('button', { name: 'Over time' }).click();
    await page.getByRole('button', { name: 'Until all have expired' }).click();
    await expect.poll(() => asked.at(-1)).toMatchObject({ kind: 'story', toMs: START_MS + 300_000 });
  });

  test('a run that is gone says so', async () => {
    const ask = () => Promise.resolve(null);
    await render(TicketsPanel, { total: 5, load: loaderOf(5), ask, startMs: START_MS, endMs: START_MS });
    await page.getByRole('button', { name: 'Over time' }).click();
    await expect.element(page.getByText('Press Run to issue them again', { exact: false })).toBeVisible();
  });
});

describe('a file of tickets', () => {
  test('is asked for page by page', async () => {
    const asked: TicketRequest[] = [];
    const file = await new TicketExport().write(askerOf(1200, asked), 0, 1200, null);
    expect((await file?.text())?.trim().split('\n')).toHaveLength(1200);
    expect(asked.map((request) => request.kind === 'lines' && [request.from, request.count])).toEqual([
      [0, 500],
      [500, 500],
      [1000, 200],
    ]);
  });

  test('can be stopped while it is written', async () => {
    const writing = new TicketExport();
    const asked: TicketRequest[] = [];
    const answer = askerOf(5000, asked);
    const file = await writing.write(
      (request): Promise<TicketAnswer> => {
        if (asked.length === 1) writing.stop();
        return answer(request);
      },
      0,
      5000,
      null,
    );
    expect([file, asked.length, writing.done, writing.problem]).toEqual([null, 2, null, null]);
  });

  test('has a bound, and needs the run', async () => {
    const writing = new TicketExport();
    const signer = (await createSigningKey()).signer();
    expect(await writing.write(askerOf(1), 0, 100_001, signer)).toBeNull();
    expect(writing.problem).toContain('at most 100,000 tickets');
    expect(await writing.write(() => Promise.resolve(null), 0, 1, null)).toBeNull();
    expect(writing.problem).toContain('Run again');
  });

  test('is offered as claims, signed, or one ticket alone', async () => {
    await open(3);
    await expect.element(token()).toBeVisible();
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    for (const [place, name] of ['Claims of 3 tickets', '3 tickets, signed', 'Ticket 1 alone, signed'].entries()) {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('button', { name }).click();
      await expect.poll(() => saved.length).toBe(place + 1);
    }
    expect(saved).toEqual(['tickets.jsonl', 'signed-tickets.jsonl', 'signed-ticket.jsonl']);
    expect(decodeToken(token().element().textContent.trim()).kind).toBe('decoded');
  });
});
