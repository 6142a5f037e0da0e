import { expect, test } from './test.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: 'agntor.com', sub: 'agent-1', iat: 1767225598, exp: 1767225898 };

test('a ticket is opened, read in words and verified', async ({ playground }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  await panel.getByRole('option').or(panel.getByRole('row')).first().click();
  await expect(panel).toContainText('agntor.com');
  await expect(panel).toContainText('audit_level');
  await expect(panel).toContainText(/Signature/);
  await expect(panel).toContainText('Matches this key');
});

const pasted = [
  {
    what: 'a foreign token',
    token: `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.AAAA`,
    says: /not verified/i,
  },
  { what: 'algorithm none', token: `${part({ alg: 'none' })}.${part(claims)}.`, says: /none/ },
  { what: 'a truncated token', token: `${part({ alg: 'HS256' })}.${part(claims)}`, says: /three parts/i },
  { what: 'garbage', token: 'not a token', says: /not a (token|JWT)/i },
  { what: 'a token of 1 MB', token: 'A'.repeat(1_000_000), says: /too (long|large)/i },
];

test('pasted tokens get a clear answer', async ({ playground }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tickets');
  for (const { what, token, says } of pasted) {
    await test.step(what, async () => {
      await panel.getByRole('textbox', { name: /paste|token/i }).fill(token);
      await expect(panel).toContainText(says);
    });
  }
  await playground.expectRun({ state: 'done', allowed: 80, denied: 53 });
});
