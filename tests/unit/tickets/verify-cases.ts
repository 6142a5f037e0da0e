import type { TicketCause } from '../../../src/tickets/failures.ts';
import type { Transaction } from '../../../src/tickets/transaction.ts';
import type { TicketQuestion } from '../../../src/tickets/verify.ts';
import {
  claims,
  CURVE_PEM,
  NOW,
  part,
  RSA_PEM,
  RSA_PKCS1_PEM,
  RSA_PRIVATE_PEM,
  SECRET,
  sign,
  SMALL_RSA_PEM,
} from './tokens.ts';

export interface VerifyCase {
  readonly name: string;
  /** `valid`, or the cause of the refusal. */
  readonly expect: 'valid' | TicketCause;
  readonly ask: Partial<TicketQuestion> & { readonly token: string };
}

const good = sign(claims());
const [goodHeader = '', goodPayload = '', goodSignature = ''] = good.split('.');
const rs256 = sign(claims(), { algorithm: 'RS256' });
const rsa = { key: { publicPem: RSA_PEM }, algorithm: 'RS256' };
const NOTHING = '-----BEGIN PUBLIC KEY-----\nbm90aGluZw==\n-----END PUBLIC KEY-----';
const HOLLOW = '-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----';
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(claims()).filter(([name]) => !names.includes(name)));

function withLastCharacter(text: string, change: (code: number) => number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[change(alphabet.indexOf(text.at(-1) ?? 'A'))];
}

const FORM: readonly VerifyCase[] = [
  { name: 'a good ticket', expect: 'valid', ask: { token: good } },
  { name: 'no text', expect: 'no-token', ask: { token: '' } },
  { name: 'one part', expect: 'not-three-parts', ask: { token: 'garbage' } },
  { name: 'two parts', expect: 'not-three-parts', ask: { token: `${goodHeader}.${goodPayload}` } },
  { name: 'four parts', expect: 'not-three-parts', ask: { token: `${good}.` } },
  { name: 'dots only', expect: 'unreadable-token', ask: { token: '..' } },
  { name: 'blank after', expect: 'unreadable-token', ask: { token: `${good} ` } },
  { name: 'line break after', expect: 'unreadable-token', ask: { token: `${good}\n` } },
  { name: 'padding', expect: 'unreadable-token', ask: { token: `${good}=` } },
  { name: 'header not JSON', expect: 'unreadable-token', ask: { token: sign(claims(), { header: '{alg:HS256}' }) } },
  { name: 'header zero', expect: 'unreadable-token', ask: { token: sign(claims(), { header: '0' }) } },
  { name: 'header a number', expect: 'no-algorithm', ask: { token: sign(claims(), { header: '5' }) } },
  { name: 'header a list', expect: 'no-algorithm', ask: { token: sign(claims(), { header: '["HS256"]' }) } },
  { name: 'payload not JSON', expect: 'payload-not-json', ask: { token: sign('hello') } },
  {
    name: 'payload not JSON is refused before its signature is looked at',
    expect: 'payload-not-json',
    ask: { token: `${goodHeader}.${part('hello')}.${goodSignature}` },
  },
  {
    name: 'payload not JSON, without typ',
    expect: 'other-issuer',
    ask: { token: sign('hello', { header: { alg: 'HS256' } }) },
  },
  {
    name: 'payload not JSON, without typ, any issuer',
    expect: 'no-constraints',
    ask: { token: sign('hello', { header: { alg: 'HS256' } }), issuer: '' },
  },
  { name: 'payload with a byte order mark', expect: 'payload-not-json', ask: { token: sign('\ufeff{}') } },
  {
    name: 'payload JSON in JSON text',
    expect: 'valid',
    ask: { token: sign(JSON.stringify(JSON.stringify(claims()))) },
  },
  { name: 'payload null', expect: 'payload-null', ask: { token: sign('null') } },
  {
    name: 'payload null, without typ',
    expect: 'other-issuer',
    ask: { token: sign('null', { header: { alg: 'HS256' } }) },
  },
  { name: 'payload null in JSON text', expect: 'other-issuer', ask: { token: sign('"null"') } },
  { name: 'payload null, other signature', expect: 'signature-differs', ask: { token: sign('null', { secret: 'x' }) } },
  { name: 'payload a list', expect: 'other-issuer', ask: { token: sign('[1]') } },
  { name: 'payload a list, any issuer', expect: 'no-constraints', ask: { token: sign('[1]'), issuer: '' } },
  { name: 'header without typ', expect: 'valid', ask: { token: sign(claims(), { header: { alg: 'HS256' } }) } },
  {
    name: 'a token of 1 MB',
    expect: 'valid',
    ask: { token: sign(claims({ metadata: 'x'.repeat(750_000) })) },
  },
];

const SIGNATURE: readonly VerifyCase[] = [
  { name: 'no signature', expect: 'no-signature', ask: { token: `${goodHeader}.${goodPayload}.` } },
  { name: 'no key', expect: 'no-key', ask: { token: good, key: { secret: '' } } },
  { name: 'no alg', expect: 'no-algorithm', ask: { token: sign(claims(), { header: { typ: 'JWT' } }) } },
  { name: 'empty alg', expect: 'no-algorithm', ask: { token: sign(claims(), { header: { alg: '' } }) } },
  ...['none', 'None', 'NONE', 'nOnE'].map((alg): VerifyCase => ({
    name: `algorithm ${alg}`,
    expect: 'unsigned',
    ask: { token: `${part({ alg, typ: 'JWT' })}.${goodPayload}.` },
  })),
  {
    name: 'algorithm none with a signature',
    expect: 'unsigned',
    ask: { token: `${part({ alg: 'none' })}.${goodPayload}.${goodSignature}` },
  },
  { name: 'lower case alg', expect: 'other-algorithm', ask: { token: sign(claims(), { header: { alg: 'hs256' } }) } },
  { name: 'alg a number', expect: 'other-algorithm', ask: { token: sign(claims(), { header: { alg: 256 } }) } },
  { name: 'another HMAC', expect: 'other-algorithm', ask: { token: sign(claims(), { algorithm: 'HS512' }) } },
  {
    name: 'HMAC of the public key',
    expect: 'other-algorithm',
    ask: { token: sign(claims(), { secret: RSA_PEM }), ...rsa },
  },
  {
    name: 'HMAC of the public key, asked for as HMAC',
    expect: 'wrong-kind-of-key',
    ask: { token: sign(claims(), { secret: RSA_PEM }), key: { secret: RSA_PEM } },
  },
  {
    name: 'an algorithm tickets do not use',
    expect: 'unknown-algorithm',
    ask: { token: sign(claims(), { header: { alg: 'PS256' } }), algorithm: 'PS256' },
  },
  { name: 'other secret', expect: 'signature-differs', ask: { token: good, key: { secret: `${SECRET}x` } } },
  {
    name: 'other spelling of the same HMAC bytes',
    expect: 'signature-differs',
    ask: { token: withLastCharacter(good, (code) => code ^ 1) },
  },
  {
    name: 'payload altered',
    expect: 'signature-differs',
    ask: { token: `${goodHeader}.${part(claims({ sub: 'agent-2' }))}.${goodSignature}` },
  },
  { name: 'signature cut', expect: 'signature-differs', ask: { token: good.slice(0, -4) } },
  { name: 'HS384', expect: 'valid', ask: { token: sign(claims(), { algorithm: 'HS384' }), algorithm: 'HS384' } },
  { name: 'HS512', expect: 'valid', ask: { token: sign(claims(), { algorithm: 'HS512' }), algorithm: 'HS512' } },
  { name: 'one letter secret', expect: 'valid', ask: { token: sign(claims(), { secret: 'k' }), key: { secret: 'k' } } },
  {
    name: 'text that only looks like a public key is a secret',
    expect: 'valid',
    ask: { token: sign(claims(), { secret: NOTHING }), key: { secret: NOTHING } },
  },
  { name: 'RS256', expect: 'valid', ask: { token: rs256, ...rsa } },
  {
    name: 'RS512',
    expect: 'valid',
    ask: { token: sign(claims(), { algorithm: 'RS512' }), ...rsa, algorithm: 'RS512' },
  },
  { name: 'RSA as PKCS #1', expect: 'valid', ask: { token: rs256, ...rsa, key: { publicPem: RSA_PKCS1_PEM } } },
  {
    name: 'PEM with text around',
    expect: 'valid',
    ask: { token: rs256, ...rsa, key: { publicPem: `my key\n ${RSA_PEM}` } },
  },
  {
    name: 'RSA of 1024 bits',
    expect: 'valid',
    ask: { token: sign(claims(), { algorithm: 'RS256', small: true }), ...rsa, key: { publicPem: SMALL_RSA_PEM } },
  },
  {
    name: 'other spelling of the same RSA bytes',
    expect: 'valid',
    ask: { token: withLastCharacter(rs256, (code) => code ^ 1), ...rsa },
  },
  {
    name: 'RSA other key',
    expect: 'signature-differs',
    ask: { token: rs256, ...rsa, key: { publicPem: SMALL_RSA_PEM } },
  },
  { name: 'RSA with a secret', expect: 'wrong-kind-of-key', ask: { token: rs256, ...rsa, key: { secret: SECRET } } },
  { name: 'RSA with a curve key', expect: 'key-not-rsa', ask: { token: rs256, ...rsa, key: { publicPem: CURVE_PEM } } },
  { name: 'private key', expect: 'unusable-key', ask: { token: rs256, ...rsa, key: { publicPem: RSA_PRIVATE_PEM } } },
  { name: 'hollow PEM', expect: 'unusable-key', ask: { token: rs256, ...rsa, key: { publicPem: HOLLOW } } },
];

const TIME_AND_ISSUER: readonly VerifyCase[] = [
  { name: 'no exp', expect: 'valid', ask: { token: sign(without('exp')) } },
  { name: 'exp now', expect: 'expired', ask: { token: sign(claims({ exp: NOW })) } },
  { name: 'exp in a second', expect: 'valid', ask: { token: sign(claims({ exp: NOW + 1 })) } },
  {
    name: 'a fraction of a second is not counted',
    expect: 'valid',
    ask: { token: sign(claims({ exp: NOW + 0.5 })), nowSeconds: NOW + 0.7 },
  },
  { name: 'exp text', expect: 'exp-not-a-number', ask: { token: sign(claims({ exp: String(NOW + 9) })) } },
  { name: 'exp null', expect: 'exp-not-a-number', ask: { token: sign(claims({ exp: null })) } },
  { name: 'nbf ahead', expect: 'not-yet-valid', ask: { token: sign(claims({ nbf: NOW + 1 })) } },
  { name: 'nbf now', expect: 'valid', ask: { token: sign(claims({ nbf: NOW })) } },
  { name: 'nbf text', expect: 'nbf-not-a-number', ask: { token: sign(claims({ nbf: String(NOW) })) } },
  { name: 'nbf before exp', expect: 'not-yet-valid', ask: { token: sign(claims({ nbf: NOW + 9, exp: NOW - 9 })) } },
  { name: 'exp before iss', expect: 'expired', ask: { token: sign(claims({ exp: 0, iss: 'other' })) } },
  { name: 'iat ahead', expect: 'valid', ask: { token: sign(claims({ iat: NOW + 600 })) } },
  { name: 'no iss', expect: 'other-issuer', ask: { token: sign(without('iss')) } },
  { name: 'iss in other case', expect: 'other-issuer', ask: { token: sign(claims({ iss: 'Agntor.com' })) } },
  { name: 'iss in a list', expect: 'other-issuer', ask: { token: sign(claims({ iss: ['agntor.com'] })) } },
  { name: 'any issuer', expect: 'valid', ask: { token: sign(claims({ iss: 'other' })), issuer: '' } },
];

const KILL_SWITCH: readonly VerifyCase[] = [
  { name: 'kill switch on', expect: 'kill-switch', ask: { token: sign(claims({}, { kill_switch_active: true })) } },
  {
    name: 'kill switch "false"',
    expect: 'kill-switch',
    ask: { token: sign(claims({}, { kill_switch_active: 'false' })) },
  },
  { name: 'kill switch 0', expect: 'valid', ask: { token: sign(claims({}, { kill_switch_active: 0 })) } },
  {
    name: 'kill switch an empty list',
    expect: 'kill-switch',
    ask: { token: sign(claims({}, { kill_switch_active: [] })) },
  },
  { name: 'no constraints', expect: 'no-constraints', ask: { token: sign(without('constraints')) } },
  { name: 'constraints null', expect: 'no-constraints', ask: { token: sign(claims({ constraints: null })) } },
  { name: 'constraints text', expect: 'valid', ask: { token: sign(claims({ constraints: 'none' })) } },
  {
    name: 'constraints only by prototype',
    expect: 'no-constraints',
    ask: { token: sign('{"iss":"agntor.com","__proto__":{"constraints":{}}}') },
  },
];

const transaction = { value: 1 };
const paid = { value: 1, protocol: 'x402', txHash: '0x1' };
const asks = (constraints: Record<string, unknown>, given: Transaction) => ({
  token: sign(claims({}, constraints)),
  transaction: given,
});
const TRANSACTION: readonly VerifyCase[] = [
  { name: 'value at the limit', expect: 'valid', ask: asks({}, { value: 100 }) },
  { name: 'value over', expect: 'over-value', ask: asks({}, { value: 100.01 }) },
  { name: 'limit null is 0', expect: 'over-value', ask: asks({ max_op_value: null }, transaction) },
  { name: 'limit text', expect: 'over-value', ask: asks({ max_op_value: '100' }, { value: 150 }) },
  { name: 'limit text, under', expect: 'valid', ask: asks({ max_op_value: '100' }, { value: 50 }) },
  { name: 'limit words', expect: 'valid', ask: asks({ max_op_value: 'lots' }, { value: 1e9 }) },
  { name: 'limit an object', expect: 'valid', ask: asks({ max_op_value: {} }, { value: 1e9 }) },
  {
    name: 'limit that cannot be compared',
    expect: 'value-not-comparable',
    ask: asks({ max_op_value: { valueOf: 1, toString: 2 } }, transaction),
  },
  { name: 'server listed', expect: 'valid', ask: asks({}, { value: 1, mcpServer: 'files' }) },
  { name: 'server not listed', expect: 'server-not-listed', ask: asks({}, { value: 1, mcpServer: 'Files' }) },
  { name: 'server empty', expect: 'valid', ask: asks({ allowed_mcp_servers: null }, { value: 1, mcpServer: '' }) },
  {
    name: 'list null',
    expect: 'no-server-list',
    ask: asks({ allowed_mcp_servers: null }, { value: 1, mcpServer: 'a' }),
  },
  {
    name: 'list a number',
    expect: 'no-server-list',
    ask: asks({ allowed_mcp_servers: 5 }, { value: 1, mcpServer: 'a' }),
  },
  { name: 'list text', expect: 'valid', ask: asks({ allowed_mcp_servers: 'files' }, { value: 1, mcpServer: 'file' }) },
  {
    name: 'value before server',
    expect: 'over-value',
    ask: asks({ allowed_mcp_servers: null }, { value: 101, mcpServer: 'a' }),
  },
  {
    name: 'proof missing',
    expect: 'protocol-not-x402',
    ask: asks({ requires_x402_payment: true }, { value: 1, txHash: '0x1' }),
  },
  {
    name: 'hash empty',
    expect: 'no-transaction-hash',
    ask: asks({ requires_x402_payment: 1 }, { ...paid, txHash: '' }),
  },
  { name: 'proof given', expect: 'valid', ask: asks({ requires_x402_payment: true }, paid) },
  { name: 'text constraints', expect: 'valid', ask: { token: sign(claims({ constraints: 'none' })), transaction } },
];

export const VERIFY_CASES: readonly VerifyCase[] = [
  ...FORM,
  ...SIGNATURE,
  ...TIME_AND_ISSUER,
  ...KILL_SWITCH,
  ...TRANSACTION,
];
