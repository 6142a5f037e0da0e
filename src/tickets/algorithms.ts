/** Signature algorithms a ticket may use (docs: policy.md#tickets). */
export const TICKET_ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'] as const;
export type TicketAlgorithm = (typeof TICKET_ALGORITHMS)[number];

/** True for the six names above, compared by case. */
export function isTicketAlgorithm(name: unknown): name is TicketAlgorithm {
  return TICKET_ALGORITHMS.some((algorithm) => algorithm === name);
}

/** True when the key is a secret that both sides know, false when it is a key pair. */
export function isSymmetric(algorithm: TicketAlgorithm): boolean {
  return algorithm.startsWith('HS');
}

/** WebCrypto's name of the hash: `SHA-256`, `SHA-384` or `SHA-512`. */
export function hashOf(algorithm: TicketAlgorithm): string {
  return `SHA-${algorithm.slice(2)}`;
}

/** Bytes of an HMAC signature; null for RSA, where the key's size decides. */
export function signatureBytesOf(algorithm: TicketAlgorithm): number | null {
  return isSymmetric(algorithm) ? Number(algorithm.slice(2)) / 8 : null;
}

/** How a signature is made, in words: `HMAC SHA-256`, `RSA PKCS #1 SHA-256`. */
export function algorithmWords(algorithm: TicketAlgorithm): string {
  return `${isSymmetric(algorithm) ? 'HMAC' : 'RSA PKCS #1'} ${hashOf(algorithm)}`;
}
