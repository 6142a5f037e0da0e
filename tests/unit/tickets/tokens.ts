import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Signs with Node's own crypto, so that the tests do not lean on what they test. */
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const smallRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function spki(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

export const SECRET = 'tickets-under-test';
export const RSA_PEM = spki(rsa.publicKey);
export const RSA_PKCS1_PEM = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
export const RSA_PRIVATE_PEM = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const SMALL_RSA_PEM = spki(smallRsa.publicKey);
export const CURVE_PEM = spki(curve.publicKey);

export function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

function signature(algorithm: string, data: string, secret: string, small: boolean): string {
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) return createHmac(hash, secret).update(data).digest('base64url');
  return createSign(hash)
    .update(data)
    .sign(small ? smallRsa.privateKey : rsa.privateKey, 'base64url');
}

/** A token with this header and payload (text is taken as it is), truly signed for `algorithm`. */
export function sign(
  payload: unknown,
  options: { algorithm?: string; header?: unknown; secret?: string; small?: boolean } = {},
): string {
  const algorithm = options.algorithm ?? 'HS256';
  const data = `${part(options.header ?? { alg: algorithm, typ: 'JWT' })}.${part(payload)}`;
  return `${data}.${signature(algorithm, data, options.secret ?? SECRET, options.small ?? false)}`;
}

export const NOW = 1_767_225_600;
export const ISSUER = 'agntor.com';

/** Claims of a ticket issued now, with overrides. */
export function claims(overrides: Record<string, unknown> = {}, constraints: Record<string, unknown> = {}): object {
  return {
    iss: ISSUER,
    sub: 'agent-1',
    iat: NOW,
    exp: NOW + 300,
    audit_level: 'Gold',
    constraints: {
      max_op_value: 100,
      allowed_mcp_servers: ['agntor', 'files'],
      kill_switch_active: false,
      requires_x402_payment: false,
      ...constraints,
    },
    ...overrides,
  };
}
