import { createSigningKey, type SigningKey } from './issue.ts';

let key: Promise<SigningKey> | undefined;

/**
 * The HS256 key of this visit, made when it is first asked for and gone with the page. INVARIANT: memory only. Rejects
 * where the browser offers no WebCrypto.
 */
export function visitKey(): Promise<SigningKey> {
  key ??= createSigningKey();
  return key;
}
