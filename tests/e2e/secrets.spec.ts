import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { pretty, seedPolicy } from './documents.ts';
import type { Playground } from './playground.ts';
import { expect, test } from './test.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const PAYLOAD = part({ iss: 'https://login.example.org', sub: 'somebody-real', exp: 4_000_000_000 });
const SIGNATURE = 'c2lnbmF0dXJlLW9mLWEtcmVhbC10b2tlbi1vZi1zb21lYm9keSE';
const TYPED = 'typed-secret-of-somebody';

/** Keeps, as text, everything that leaves the page's own memory by a message. */
async function recordMessages(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sent: string[] = [];
    Object.defineProperty(globalThis, 'sentMessages', { value: sent });
    for (const sender of [Worker, MessagePort, BroadcastChannel]) {
      const post = Object.getOwnPropertyDescriptor(sender.prototype, 'postMessage')?.value as (
        ...all: unknown[]
      ) => void;
      Object.defineProperty(sender.prototype, 'postMessage', {
        value(this: unknown, ...all: unknown[]) {
          sent.push(JSON.stringify(all[0]) ?? '');
          post.apply(this, all);
        },
      });
    }
  });
}

/** Address, cookies, both storages, every record of every database, every kept response and every message sent. */
function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('not read'));
      });
    const records: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        records.push(name, store, await settled(objects.getAllKeys()), await settled(objects.getAll()));
      }
      database.close();
    }
    const sent: unknown = Reflect.get(globalThis, 'sentMessages');
    const state: unknown = history.state;
    const stores = [{ ...localStorage }, { ...sessionStorage }];
    return JSON.stringify([location.href, document.title, document.cookie, window.name, state, stores, records, sent]);
  });
}

/** Signs with the key of the visit, verifies with a typed secret, and pastes a token of somebody real. */
async function useSecrets(playground: Playground): Promise<string> {
  const panel = await playground.openTab('Tickets');
  await expect(panel).toContainText('Matches this key');
  const secret = await panel.getByRole('textbox', { name: 'Secret' }).inputValue();
  expect(secret.length).toBeGreaterThan(16);
  await panel.getByRole('button', { name: 'Paste a token' }).click();
  const token = `${part({ alg: 'HS256' })}.${PAYLOAD}.${SIGNATURE}`;
  await panel.getByRole('textbox', { name: 'Token', exact: true }).fill(token);
  await expect(panel).toContainText('This looks like a real token');
  await panel.getByRole('textbox', { name: 'Secret' }).fill(TYPED);
  await expect(panel).toContainText('INVALID_SIGNATURE');
  return secret;
}

test('after a full session no key and no pasted token is anywhere but on screen', async ({ playground, page }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  await recordMessages(page);
  await playground.openDecided();
  const secret = await useSecrets(playground);

  await playground.setPolicy(pretty(seedPolicy(10)));
  await playground.expectRun({ state: 'done', allowed: 40 });
  const link = await playground.shareLink();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const shown = await dialog.evaluate((element) => {
    const fields = [...element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
    return [element.textContent, ...fields.map(({ value }) => value)].join(' ');
  });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^Policy/ }).click();
  const exported = await readFile(await (await download).path(), 'utf8');
  await expect
    .poll(() => page.evaluate(() => Object.values({ ...localStorage }).join(' ')), { message: 'the work is saved' })
    .toContain('issue_audit_ticket');

  const kept = await everythingKept(page);
  expect(kept, 'messages are recorded').toContain('issue_audit_ticket');
  const places = { link, shown, exported, kept, said: said.join('\n'), asked: asked.join('\n') };
  for (const [place, text] of Object.entries(places)) {
    for (const hidden of [secret, TYPED, PAYLOAD, SIGNATURE, 'somebody-real']) {
      expect(text.includes(hidden), `${hidden} in ${place}`).toBe(false);
    }
  }
});
