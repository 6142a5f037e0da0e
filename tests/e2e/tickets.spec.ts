import { expect, test } from './test.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: 'agntor.com', sub: 'agent-1', iat: 1767225598, exp: 1767225898 };

test('a ticket is opened, read in words and verified', async ({ playground }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  const tickets = panel.getByRole('listbox', { name: 'Tickets' });
  await tickets.getByRole('option', { name: /^2 / }).click();
  await expect(panel.getByRole('heading', { name: 'Ticket 2 of 80' })).toBeVisible();
  for (const words of [
    'agntor.com',
    'audit_level',
    'Signature',
    'Issued 1 Jan 2026, 23:59:58',
    'Most one operation may move',
  ]) {
    await expect(panel).toContainText(words);
  }
  await expect(panel.getByRole('status').filter({ hasText: /^Valid/ })).toBeVisible();
  await panel.getByRole('textbox', { name: 'Secret' }).fill('another key');
  await expect(panel.getByRole('status').filter({ hasText: 'Not valid' })).toContainText('INVALID_SIGNATURE');
  await panel.getByRole('button', { name: 'Use the key of this visit' }).click();
  await expect(panel.getByRole('status').filter({ hasText: /^Valid/ })).toBeVisible();
});

const foreign = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
const pasted = [
  { what: 'a foreign token', token: `${foreign}.${'A'.repeat(43)}`, says: 'Not verified' },
  { what: 'algorithm none', token: `${part({ alg: 'none' })}.${part(claims)}.`, says: 'this token is not signed' },
  { what: 'a token without its end', token: foreign, says: 'Only two of three parts' },
  { what: 'a token cut within its signature', token: `${foreign}.AAAA`, says: 'may be cut short' },
  { what: 'garbage', token: 'not a token', says: 'This is no token' },
  { what: 'a token of 1 MB', token: 'A'.repeat(1_000_000), says: /65,536|too long/ },
];

test('pasted tokens get a clear answer', async ({ playground }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  await panel.getByRole('button', { name: 'Paste a token' }).click();
  for (const { what, token, says } of pasted) {
    await test.step(what, async () => {
      await panel.getByRole('textbox', { name: 'Token', exact: true }).fill(token);
      await expect(panel).toContainText(says);
    });
  }
  await playground.expectRun({ state: 'done', allowed: 80, denied: 53 });
});

test('tickets are signed with RSA, and followed over time', async ({ playground }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  await panel.getByRole('combobox', { name: 'Signed with' }).selectOption('RS256');
  await expect(panel).toContainText('"alg": "RS256"');
  await expect(panel).toContainText('Matches this key');
  await panel.getByRole('textbox', { name: 'Exact time, UTC' }).fill('00:04:58');
  await panel.getByRole('textbox', { name: 'Exact time, UTC' }).press('Enter');
  await expect(panel.getByRole('status').filter({ hasText: 'Not valid' })).toContainText('EXPIRED');
  await panel.getByRole('button', { name: 'Over time' }).click();
  await panel.getByRole('textbox', { name: 'Exact time, UTC' }).fill('23:59:59.500');
  await panel.getByRole('textbox', { name: 'Exact time, UTC' }).press('Enter');
  await expect(panel.getByRole('status').filter({ hasText: '38 tickets are valid' })).toContainText(
    'the policy lets 30 a minute be issued for each of 2 owners, 22 more now: the policy is the tighter of the two.',
  );
  await expect(panel.getByRole('img', { name: /At most 80 tickets valid at once/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Ticket 4', exact: true }).click();
  await expect(panel.getByRole('heading', { name: 'Ticket 4 of 80' })).toBeVisible();
});

test('a file of signed tickets holds tokens and no key', async ({ playground, page }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  await expect(panel).toContainText('Matches this key');
  const secret = await panel.getByRole('textbox', { name: 'Secret' }).inputValue();
  await panel.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '80 tickets, signed' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
  const text = Buffer.concat(chunks).toString();
  const lines = text.trim().split('\n');
  expect(lines).toHaveLength(80);
  expect(JSON.parse(lines[79] ?? '')).toMatchObject({ ticket: 80, claims: { iss: 'agntor.com' } });
  expect(text).toMatch(/"token":"eyJ/);
  expect(text).not.toContain(secret);
});

test('keys and pasted tokens stay out of links, the address and storage', async ({ playground, page }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  await expect(panel).toContainText('Matches this key');
  const secret = await panel.getByRole('textbox', { name: 'Secret' }).inputValue();
  const real = { iss: 'https://login.example.org', sub: 'somebody-real', exp: 4_000_000_000 };
  await panel.getByRole('button', { name: 'Paste a token' }).click();
  await panel
    .getByRole('textbox', { name: 'Token', exact: true })
    .fill(`${part({ alg: 'HS256' })}.${part(real)}.${'A'.repeat(43)}`);
  await expect(panel).toContainText('This looks like a real token');
  await expect(panel).toContainText('It stays on this page');
  await panel.getByRole('textbox', { name: 'Secret' }).fill('typed-secret');
  await expect(panel.getByRole('list', { name: 'Warnings about the key' })).toContainText('12 bytes');
  await expect(panel).toContainText('INVALID_SIGNATURE');
  const link = await playground.shareLink();
  const kept = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([location.href, document.cookie, databases, { ...localStorage }, { ...sessionStorage }]);
  });
  for (const hidden of [secret, 'typed-secret', part(real)]) expect(`${link} ${kept}`).not.toContain(hidden);
});
