import { exportSPKI, generateKeyPair } from 'jose';
import { encodeBase64Url } from '../core/base64url.ts';
import type { JsonObject } from '../core/json.ts';
import { hashOf, isSymmetric, signatureBytesOf, type TicketAlgorithm } from './algorithms.ts';
import type { TicketClaims } from './claims.ts';
import { signContent, type TicketSigner } from './sign.ts';
import type { TicketKey } from './signature.ts';

/**
 * A key made for this visit. INVARIANT: it lives in memory only. Its material is private to the object, so that no link,
 * storage or log can pick it up by copying or printing it; `checkingKey` hands it to the check on the page.
 */
export class SigningKey {
  readonly algorithm: TicketAlgorithm;
  readonly #signWith: CryptoKey;
  readonly #checkWith: TicketKey;

  constructor(algorithm: TicketAlgorithm, signWith: CryptoKey, checkWith: TicketKey) {
    this.algorithm = algorithm;
    this.#signWith = signWith;
    this.#checkWith = checkWith;
  }

  /** What `verifyTicket` takes to check tickets of this key: the secret itself, or the public half as PEM. */
  checkingKey(): TicketKey {
    return this.#checkWith;
  }

  /** The handle to sign with; the material cannot be read out of it. */
  signer(): TicketSigner {
    return { algorithm: this.algorithm, key: this.#signWith };
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
    const hmac = { name: 'HMAC', hash: hashOf(algorithm) };
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), hmac, false, ['sign']);
    return new SigningKey(algorithm, key, { secret });
  }
  const pair = await generateKeyPair(algorithm, { modulusLength: 2048 });
  return new SigningKey(algorithm, pair.privateKey, { publicPem: await exportSPKI(pair.publicKey) });
}

/**
 * A signed token (compact JWS) of `claims` exactly as given, in their order; times are seconds and come from the caller.
 * Equal claims and key give an equal token.
 */
export function issueTicket(claims: TicketClaims | JsonObject, key: SigningKey): Promise<string> {
  return signTicket(claims, key.signer());
}

/** As `issueTicket`, with a key's handle. */
export function signTicket(claims: TicketClaims | JsonObject, signer: TicketSigner): Promise<string> {
  return signContent(new TextEncoder().encode(JSON.stringify(claims)), signer);
}
