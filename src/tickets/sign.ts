import { CompactSign } from 'jose';
import type { TicketAlgorithm } from './algorithms.ts';

/**
 * Signs without telling the key: `key` is a handle whose material cannot be read out of it. It may be handed to a worker,
 * and has nowhere else to go.
 */
export interface TicketSigner {
  readonly algorithm: TicketAlgorithm;
  readonly key: CryptoKey;
}

/** Compact JWS of `content`, with the header `alg` and `typ: "JWT"`. Rejects for a key of another algorithm. */
export function signContent(content: Uint8Array, { algorithm, key }: TicketSigner): Promise<string> {
  return new CompactSign(content).setProtectedHeader({ alg: algorithm, typ: 'JWT' }).sign(key);
}
