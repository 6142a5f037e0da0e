import type { TicketAlgorithm } from './algorithms.ts';
import { createSigningKey, type SigningKey } from './issue.ts';

const keys = new Map<TicketAlgorithm, Promise<SigningKey>>();

/**
 * The key of this visit for an algorithm, made when it is first asked for and gone with the page. INVARIANT: memory only.
 * Rejects where the browser offers no WebCrypto; asked again, it tries again.
 */
export function visitKey(algorithm: TicketAlgorithm): Promise<SigningKey> {
  const known = keys.get(algorithm);
  if (known !== undefined) return known;
  const made = createSigningKey(algorithm);
  keys.set(algorithm, made);
  made.catch(() => keys.delete(algorithm));
  return made;
}
