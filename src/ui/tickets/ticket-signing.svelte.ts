import type { TicketAlgorithm } from '../../tickets/algorithms.ts';
import type { SigningKey } from '../../tickets/issue.ts';
import { visitKey } from '../../tickets/visit-key.ts';

/** Gives the key of this visit for an algorithm; it is made then. */
export type KeyMaker = (algorithm: TicketAlgorithm) => Promise<SigningKey>;

/** The algorithm tickets are signed with, and the key of this visit for it. INVARIANT: memory only. */
export class TicketSigning {
  readonly #make: KeyMaker;
  readonly #onKey: (key: SigningKey) => void;
  algorithm = $state<TicketAlgorithm>('HS256');
  /** Null until it is made. */
  key = $state.raw<SigningKey | null>(null);
  /** True where the browser offers no cryptography. */
  unavailable = $state(false);

  /** `onKey` is told of every key that is ready. */
  constructor(onKey: (key: SigningKey) => void, make: KeyMaker = visitKey) {
    this.#onKey = onKey;
    this.#make = make;
  }

  /** Makes the key, or takes the one made before; the newest choice counts. */
  async choose(algorithm: TicketAlgorithm): Promise<void> {
    this.algorithm = algorithm;
    this.key = null;
    try {
      const key = await this.#make(algorithm);
      if (this.algorithm !== algorithm) return;
      this.key = key;
      this.#onKey(key);
    } catch {
      this.unavailable = true;
    }
  }
}
