import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { listChecks, listTransactionChecks } from '../../../src/tickets/checks.ts';
import { describeClaims } from '../../../src/tickets/claims.ts';
import { formatClock, formatSpan, formatTime } from '../../../src/tickets/time.ts';
import { verifyTicket } from '../../../src/tickets/verify.ts';
import { claims, ISSUER, NOW, SECRET, sign } from './tokens.ts';

const words = (payload: object) => describeClaims(payload as JsonObject).rows.map((row) => [row.name, row.meaning]);

describe('describeClaims', () => {
  test('a ticket in words, constraints inside', () => {
    const { rows, more } = describeClaims(claims() as JsonObject);
    expect(more).toBe(0);
    expect(rows.filter((row) => row.depth === 1).map((row) => row.name)).toEqual([
      'max_op_value',
      'allowed_mcp_servers',
      'kill_switch_active',
      'requires_x402_payment',
    ]);
    expect(rows.map((row) => row.values.join(', '))).toEqual([
      'agntor.com',
      'agent-1',
      '1767225600',
      '1767225900',
      'Gold',
      '4 fields',
      '100',
      'agntor, files',
      'false',
      'false',
    ]);
    expect(words(claims())).toContainEqual(['iat', 'Issued 1 Jan 2026, 00:00:00']);
    expect(words(claims())).toContainEqual(['exp', 'Expires 1 Jan 2026, 00:05:00']);
  });

  test.each([
    [{ exp: 'soon' }, 'Expires, but this is no number of seconds'],
    [{ exp: 1_767_225_600_000 }, 'Expires in the year 57971: probably milliseconds'],
    [{ exp: 1e300 }, 'Expires, but no date is that far away'],
    [{ toString: 1 }, 'Not a claim of Agntor tickets'],
  ])('%j', (payload, meaning) => {
    expect(words(payload)[0]?.[1]).toBe(meaning);
  });

  test('kill switch and payment say which way they stand', () => {
    const said = words({
      constraints: { kill_switch_active: true, requires_x402_payment: false, max_ops_per_hour: 5 },
    });
    expect(said.map(([, meaning]) => meaning)).toEqual([
      '',
      'Agent is stopped',
      'Needs no payment proof',
      'Declared, enforced nowhere',
    ]);
  });

  test('thousands of claims are cut, and counted', () => {
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`c${i}`, i]));
    const described = describeClaims(many);
    expect([described.rows.length, described.more]).toEqual([200, 1000]);
  });
});

describe('listChecks', () => {
  const lines = async (payload: object, nowSeconds: number, secret = SECRET) => {
    const question = { token: sign(payload), key: { secret }, algorithm: 'HS256', issuer: ISSUER, nowSeconds };
    const verdict = await verifyTicket(question);
    return listChecks(payload as JsonObject, verdict, ISSUER, nowSeconds).map((each) => [
      each.name,
      each.passed,
      each.words,
    ]);
  };

  test('a valid ticket passes all four', async () => {
    expect(await lines(claims(), NOW + 220)).toEqual([
      ['Signature', true, 'Matches this key'],
      ['Issuer', true, 'agntor.com, as expected'],
      ['Expiry', true, '80 s left'],
      ['Kill switch', true, 'Off'],
    ]);
  });

  test('each failure shows, not only the first', async () => {
    const payload = claims({ iss: 'x', exp: NOW }, { kill_switch_active: true });
    expect(await lines(payload, NOW, 'other')).toEqual([
      ['Signature', false, 'The signature does not match this key and content'],
      ['Issuer', false, 'iss is x, expected agntor.com'],
      ['Expiry', false, 'Expired 1 Jan 2026, 00:00:00'],
      ['Kill switch', false, 'kill_switch_active is true'],
    ]);
  });

  test('a refusal for time leaves the signature a match', async () => {
    expect((await lines(claims(), NOW + 300))[0]).toEqual(['Signature', true, 'Matches this key']);
  });

  test('a transaction line by line', () => {
    const payload = claims({}, { requires_x402_payment: true }) as JsonObject;
    const said = listTransactionChecks(payload, { value: 12500, mcpServer: 'files' });
    expect(said.map((each) => [each.name, each.passed, each.words])).toEqual([
      ['Value', false, '12500 is more than max_op_value 100'],
      ['MCP server', true, 'In allowed_mcp_servers'],
      ['Payment', false, 'requires_x402_payment is set and the protocol is not x402'],
    ]);
  });
});

describe('time', () => {
  test.each([
    [0, '0 s'],
    [80, '80 s'],
    [0.5, '0.5 s'],
    [599, '599 s'],
    [600, '10 min'],
    [7199, '119 min'],
    [7200, '2 h'],
    [172_800, '2 days'],
  ])('%d s is %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text));

  test('dates in UTC, and none where there is no calendar', () => {
    expect(formatTime(NOW - 1)).toBe('31 Dec 2025, 23:59:59');
    expect(formatClock(-1)).toBe('23:59:59');
    expect([formatTime(1e300), formatTime(Number.NaN), formatClock(1e300)]).toEqual([null, null, '']);
  });
});
