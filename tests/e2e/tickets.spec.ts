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
