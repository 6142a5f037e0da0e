import { CompactSign, exportSPKI, generateKeyPair } from 'jose';
import { encodeBase64Url } from '../core/base64url.ts';
import type { JsonObject } from '../core/json.ts';
import { isSymmetric, signatureBytesOf, type TicketAlgorithm } from './algorithms.ts';
import type { TicketClaims } from './claims.ts';
import type { TicketKey } from './signature.ts';

/**
 * A key made for this visit. INVARIANT: it lives in memory only. Its material is private to the object, so that no link,
 * storage or log can pick it up by copying or printing it; `checkingKey` hands it to the check on the page.
 */
export class SigningKey {
  readonly algorithm: TicketAlgorithm;
  readonly #signWith: CryptoKey | Uint8Array;
  readonly #checkWith: TicketKey;

  constructor(algorithm: TicketAlgorithm, signWith: CryptoKey | Uint8Array, checkWith: TicketKey) {
    this.algorithm = algorithm;
    this.#signWith = signWith;
    this.#checkWith = checkWith;
  }

  /** What `verifyTicket` takes to check tickets of this key: the secret itself, or the public half as PEM. */
  checkingKey(): TicketKey {
    return this.#checkWith;
  }

  /** Compact JWS of `content`, with the header `alg` and `typ: "JWT"`. */
  sign(content: Uint8Array): Promise<string> {
    return new CompactSign(content).setProtectedHeader({ alg: this.algorithm, typ: 'JWT' }).sign(this.#signWith);
  }

  toJSON(): string {
    return '[signing key]';
  }
}

/**
 * A fresh random key: for HS* a secret of the hash's size, written as base64url text whose characters are the key; for
 * RS* a 2048-bit pair. Rejects only where the browser offers no WebCrypto.
 */
export async function createSigningKey(algorithm: TicketAlgorithm = 'HS256'): Promise<SigningKey> {
  if (isSymmetric(algorithm)) {
    const random = crypto.getRandomValues(new Uint8Array(signatureBytesOf(algorithm) ?? 32));
    const secret = encodeBase64Url(random);
    return new SigningKey(algorithm, new TextEncoder().encode(secret), { secret });
  }
  const pair = await generateKeyPair(algorithm, { modulusLength: 2048 });
  return new SigningKey(algorithm, pair.privateKey, { publicPem: await exportSPKI(pair.publicKey) });
}

/**
 * A signed token (compact JWS) of `claims` exactly as given, in their order; times are seconds and come from the caller.
 * Equal claims and key give an equal token.
 */
export function issueTicket(claims: TicketClaims | JsonObject, key: SigningKey): Promise<string> {
  return key.sign(new TextEncoder().encode(JSON.stringify(claims)));
}
