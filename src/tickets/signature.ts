import { importJWK, importSPKI, importX509 } from 'jose';
import { decodeBase64Url, decodeBase64UrlLoosely } from '../core/base64url.ts';
import type { JsonObject } from '../core/json.ts';
import { hashOf, isSymmetric, isTicketAlgorithm, type TicketAlgorithm } from './algorithms.ts';
import { ticketFailure, type TicketFailure } from './failures.ts';
import type { IssuerToken } from './issuer-token.ts';
import { member, show } from './member.ts';
import { readPem, spkiPem, type PemBlock } from './pem.ts';

/** What the ticket is checked with: a shared secret as text or bytes, or a public key as PEM or JWK (RFC 7517). */
export type TicketKey =
  | { readonly secret: string }
  | { readonly secretBytes: Uint8Array<ArrayBuffer> }
  | { readonly publicPem: string }
  | { readonly publicJwk: JsonObject };

/** The bytes of a secret; null for a public key. Text is UTF-8. */
export function secretBytesOf(key: TicketKey): Uint8Array<ArrayBuffer> | null {
  if ('secretBytes' in key) return key.secretBytes;
  return 'secret' in key ? new TextEncoder().encode(key.secret) : null;
}

/** True for a public key, also where its PEM stands in place of a secret. */
export function isPublicKey(key: TicketKey): boolean {
  if ('publicJwk' in key) return true;
  if ('secretBytes' in key) return false;
  return readPem('secret' in key ? key.secret : key.publicPem) !== null;
}

async function importSecret(bytes: Uint8Array<ArrayBuffer>, algorithm: TicketAlgorithm): Promise<CryptoKey> {
  const hmac = { name: 'HMAC', hash: hashOf(algorithm) };
  return crypto.subtle.importKey('raw', bytes, hmac, false, ['verify']);
}

/** The public half of an RSA key as JWK; `alg`, `use` and `key_ops` do not decide here, the caller's algorithm does. */
async function importPublicJwk(jwk: JsonObject, algorithm: TicketAlgorithm): Promise<CryptoKey | TicketFailure> {
  const [kind, n, e] = [member(jwk, 'kty'), member(jwk, 'n'), member(jwk, 'e')];
  if (kind !== 'RSA') return ticketFailure('key-not-rsa', `${algorithm} needs an RSA key, this key is ${show(kind)}`);
  const unusable = ticketFailure('unusable-key', 'The JWK does not hold a public RSA key: n and e are needed');
  if (typeof n !== 'string' || typeof e !== 'string') return unusable;
  // why: how lenient a platform reads other characters differs.
  if (decodeBase64UrlLoosely(n) === null || decodeBase64UrlLoosely(e) === null) return unusable;
  const imported = await importJWK({ kty: 'RSA', n, e }, algorithm).catch(() => null);
  return imported instanceof CryptoKey ? imported : unusable;
}

async function importAs(block: PemBlock, algorithm: string): Promise<CryptoKey | null> {
  const importPem = block.label === 'CERTIFICATE' ? importX509 : importSPKI;
  return importPem(spkiPem(block), algorithm).catch(() => null);
}

/** Key types that the issuer knows and refuses for RS256, RS384 and RS512. */
const OTHER_KEY_TYPES = ['ES256', 'ES384', 'ES512', 'Ed25519'];

async function importPublic(pem: string, algorithm: TicketAlgorithm): Promise<CryptoKey | TicketFailure> {
  const block = readPem(pem);
  const imported = block && (await importAs(block, algorithm));
  if (imported) return imported;
  if (block === null || block.label.endsWith('PRIVATE KEY')) {
    return ticketFailure('unusable-key', 'This is a private key, the public key of the pair is needed');
  }
  const others = await Promise.all(OTHER_KEY_TYPES.map((other) => importAs(block, other)));
  return others.some((other) => other !== null)
    ? ticketFailure('key-not-rsa', `${algorithm} needs an RSA key, this key is of another type`)
    : ticketFailure('unusable-key', 'The PEM text does not hold a public key');
}

function checkAlgorithm(found: IssuerToken['algorithm'], expected: string): TicketFailure | null {
  if (typeof found === 'string' && found.toLowerCase() === 'none') {
    return ticketFailure(
      'unsigned',
      `The token names the algorithm ${found}: it is not signed, and anyone could have made it`,
    );
  }
  if (found === undefined || found === '') return ticketFailure('no-algorithm', 'The header names no algorithm');
  if (found !== expected) {
    return ticketFailure('other-algorithm', `The token is signed with ${show(found)}, expected ${expected}`);
  }
  return isTicketAlgorithm(expected) ? null : ticketFailure('unknown-algorithm', `${expected} is not used by tickets`);
}

/** What is wrong before any arithmetic: no signature, no key, an algorithm or a kind of key that does not fit. */
function checkBefore(token: IssuerToken, key: TicketKey, expected: string): TicketFailure | null {
  const algorithm = checkAlgorithm(token.algorithm, expected);
  if (algorithm?.cause === 'unsigned') return algorithm;
  if (token.signatureText === '') return ticketFailure('no-signature', 'The token has no signature');
  if (isEmpty(key)) return ticketFailure('no-key', 'There is no key to check with');
  if (algorithm !== null) return algorithm;
  const needsSecret = expected.startsWith('HS');
  if (needsSecret !== isPublicKey(key)) return null;
  return ticketFailure(
    'wrong-kind-of-key',
    needsSecret ? `${expected} needs a secret, this is a public key` : `${expected} needs a public key as PEM or JWK`,
  );
}

function isEmpty(key: TicketKey): boolean {
  if ('publicJwk' in key) return false;
  if ('secretBytes' in key) return key.secretBytes.length === 0;
  return ('secret' in key ? key.secret : key.publicPem) === '';
}

async function importKey(key: TicketKey, algorithm: TicketAlgorithm): Promise<CryptoKey | TicketFailure> {
  if ('publicJwk' in key) return importPublicJwk(key.publicJwk, algorithm);
  if (!isSymmetric(algorithm)) {
    return importPublic('publicPem' in key ? key.publicPem : 'secret' in key ? key.secret : '', algorithm);
  }
  return importSecret(
    secretBytesOf(key) ?? new TextEncoder().encode('publicPem' in key ? key.publicPem : ''),
    algorithm,
  );
}

/**
 * The signature of `token` against `key` for exactly the algorithm `expected`. Null when it matches, else why not; a
 * text that is a PEM key counts as one wherever it stands, so a public key is never taken for a secret. Never throws.
 */
export async function checkSignature(
  token: IssuerToken,
  key: TicketKey,
  expected: string,
): Promise<TicketFailure | null> {
  const before = checkBefore(token, key, expected);
  if (before !== null || !isTicketAlgorithm(expected)) return before;
  const symmetric = isSymmetric(expected);
  const imported = await importKey(key, expected);
  if (!(imported instanceof CryptoKey)) return imported;
  // why: the issuer compares HMAC signatures as text, so only one spelling of the bytes will do; RSA is read leniently.
  const signature = symmetric ? decodeBase64Url(token.signatureText) : decodeBase64UrlLoosely(token.signatureText);
  const data = new TextEncoder().encode(token.signedText);
  const name = symmetric ? 'HMAC' : 'RSASSA-PKCS1-v1_5';
  // why: WebCrypto and not jose's verify, which refuses RSA keys under 2048 bits that the issuer accepts.
  const matches = signature !== null && (await crypto.subtle.verify(name, imported, signature, data));
  return matches ? null : ticketFailure('signature-differs', 'The signature does not match this key and content');
}
