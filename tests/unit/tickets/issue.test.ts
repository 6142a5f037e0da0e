import { describe, expect, test } from 'vitest';
import { TICKET_ALGORITHMS } from '../../../src/tickets/algorithms.ts';
import { decodeToken } from '../../../src/tickets/decode.ts';
import { createSigningKey, issueTicket } from '../../../src/tickets/issue.ts';
import { verifyTicket } from '../../../src/tickets/verify.ts';
import { claims, ISSUER, NOW } from './tokens.ts';

const ticket = claims() as Parameters<typeof issueTicket>[0];

describe('issueTicket', () => {
  test.each(TICKET_ALGORITHMS)('%s: a ticket passes the check with its own key only', async (algorithm) => {
    const key = await createSigningKey(algorithm);
    const other = await createSigningKey(algorithm);
    const token = await issueTicket(ticket, key);
    const asked = { token, algorithm, issuer: ISSUER, nowSeconds: NOW };
    expect(await verifyTicket({ ...asked, key: key.checkingKey() })).toEqual({ valid: true, payload: ticket });
    expect(await verifyTicket({ ...asked, key: other.checkingKey() })).toMatchObject({ cause: 'signature-differs' });
  });

  test('keeps the claims as given and names algorithm and type', async () => {
    const decoded = decodeToken(await issueTicket({ zulu: 1, alpha: 'ü' }, await createSigningKey()));
    expect(decoded).toMatchObject({ kind: 'decoded', header: { alg: 'HS256', typ: 'JWT' }, remarks: [] });
    expect(JSON.stringify(decoded.kind === 'decoded' && decoded.payload)).toBe('{"zulu":1,"alpha":"ü"}');
  });

  test('equal claims and key give an equal token', async () => {
    const key = await createSigningKey();
    expect(await issueTicket(ticket, key)).toBe(await issueTicket(ticket, key));
  });
});

describe('SigningKey', () => {
  test('is not copied or printed by accident', async () => {
    const key = await createSigningKey();
    const checking = key.checkingKey();
    const secret = 'secret' in checking ? checking.secret : '';
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const copies = [
      JSON.stringify({ key }),
      String(key),
      JSON.stringify({ ...key }),
      JSON.stringify(structuredClone({ ...key })),
    ];
    for (const copy of copies) expect(copy).not.toContain(secret);
  });

  test('is another one each time', async () => {
    expect((await createSigningKey()).checkingKey()).not.toEqual((await createSigningKey()).checkingKey());
  });
});
