import { isSymmetric, isTicketAlgorithm, TICKET_ALGORITHMS, type TicketAlgorithm } from '../../tickets/algorithms.ts';
import { listKeys, readKeyText, readSecret, type KeyReading, type SecretEncoding } from '../../tickets/read-key.ts';
import { secretBytesOf, type TicketKey } from '../../tickets/signature.ts';

export type KeyKind = 'secret' | 'public';

/** What a token is checked with, as typed. INVARIANT: lives in the component that made it, and goes with it. */
export class KeyForm {
  kind = $state<KeyKind>('secret');
  secret = $state('');
  encoding = $state<SecretEncoding>('text');
  /** PEM, JWK or JWK set. */
  keyText = $state('');
  /** Place of the key chosen from a set; null lets the token's `kid` decide. */
  chosen = $state<number | null>(null);
  /** `kid` of the token looked at; empty without one. */
  kid = $state('');
  algorithm = $state<TicketAlgorithm>('HS256');
  /** Empty accepts any. */
  issuer = $state('');

  readonly reading = $derived.by((): KeyReading =>
    this.kind === 'secret' ? readSecret(this.secret, this.encoding) : readKeyText(this.keyText, this.chosen, this.kid),
  );
  /** Keys to choose from; empty unless a set of several was typed. */
  readonly choices = $derived(this.kind === 'public' ? listKeys(this.keyText) : []);
  /** The key as `verifyTicket` takes it; null while none is there, or none is chosen. */
  readonly key = $derived(this.reading.kind === 'key' ? this.reading.key : null);
  /** Algorithms that fit the key; while there is none, its kind. */
  readonly algorithms = $derived.by((): readonly TicketAlgorithm[] => {
    const isSecret =
      this.key === null || this.kind === 'secret' ? this.kind === 'secret' : secretBytesOf(this.key) !== null;
    return TICKET_ALGORITHMS.filter((algorithm) => isSymmetric(algorithm) === isSecret);
  });

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** Changes the kind of key and keeps the size of the hash: HS384 becomes RS384. */
  setKind(kind: KeyKind): void {
    this.kind = kind;
    this.#fit();
  }

  /** Takes what was typed as a key; a JWK says what it is for. */
  setKeyText(text: string): void {
    this.keyText = text;
    this.chosen = null;
    this.#fit();
  }

  /** Takes one key of a set. */
  choose(place: number | null): void {
    this.chosen = place;
    this.#fit();
  }

  /** Takes a known `key` for its `algorithm`. */
  fill(key: TicketKey, algorithm: TicketAlgorithm): void {
    if ('secret' in key) {
      this.kind = 'secret';
      this.encoding = 'text';
      this.secret = key.secret;
    } else if ('publicPem' in key) {
      this.kind = 'public';
      this.chosen = null;
      this.keyText = key.publicPem;
    }
    this.algorithm = algorithm;
  }

  /** Makes ready for a token that names `algorithm` and `kid`; an unknown algorithm changes nothing. */
  suit(algorithm: string, kid: string): void {
    this.kid = kid;
    if (!isTicketAlgorithm(algorithm)) return;
    // why: a key that is there already stays in sight; the warning says that it does not fit.
    if (this.key === null) this.kind = isSymmetric(algorithm) ? 'secret' : 'public';
    if (this.algorithms.includes(algorithm)) this.algorithm = algorithm;
  }

  #fit(): void {
    const { reading, algorithms } = this;
    const named = reading.kind === 'key' ? reading.meantFor : '';
    const size = this.algorithm.slice(2);
    if (isTicketAlgorithm(named) && algorithms.includes(named)) this.algorithm = named;
    else this.algorithm = algorithms.find((algorithm) => algorithm.endsWith(size)) ?? this.algorithm;
  }
}
