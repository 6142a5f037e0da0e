import { isSymmetric, isTicketAlgorithm, TICKET_ALGORITHMS, type TicketAlgorithm } from '../../tickets/algorithms.ts';
import type { TicketKey } from '../../tickets/signature.ts';

export type KeyKind = 'secret' | 'public';

/** What a token is checked with, as typed. INVARIANT: lives in the component that made it, and goes with it. */
export class KeyForm {
  kind = $state<KeyKind>('secret');
  secret = $state('');
  publicPem = $state('');
  algorithm = $state<TicketAlgorithm>('HS256');
  /** Empty accepts any. */
  issuer = $state('');

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** Algorithms that fit the kind of key. */
  get algorithms(): readonly TicketAlgorithm[] {
    return TICKET_ALGORITHMS.filter((algorithm) => isSymmetric(algorithm) === (this.kind === 'secret'));
  }

  /** The key as `verifyTicket` takes it; null while nothing has been typed. */
  get key(): TicketKey | null {
    if (this.kind === 'secret') return this.secret === '' ? null : { secret: this.secret };
    return this.publicPem.trim() === '' ? null : { publicPem: this.publicPem };
  }

  /** Changes the kind of key and keeps the size of the hash: HS384 becomes RS384. */
  setKind(kind: KeyKind): void {
    if (kind === this.kind) return;
    this.kind = kind;
    const size = this.algorithm.slice(2);
    this.algorithm = this.algorithms.find((algorithm) => algorithm.endsWith(size)) ?? this.algorithm;
  }

  /** Takes a known `key` for its `algorithm`. */
  fill(key: TicketKey, algorithm: TicketAlgorithm): void {
    this.setKind('secret' in key ? 'secret' : 'public');
    if ('secret' in key) this.secret = key.secret;
    else this.publicPem = key.publicPem;
    this.algorithm = algorithm;
  }

  /** Makes ready for a token that names `algorithm`; an unknown one changes nothing. */
  suit(algorithm: string): void {
    if (!isTicketAlgorithm(algorithm)) return;
    this.kind = isSymmetric(algorithm) ? 'secret' : 'public';
    this.algorithm = algorithm;
  }
}
