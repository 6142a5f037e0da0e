import type { JsonObject } from '../json.ts';
import { canonicalJson } from './canonical-json.ts';

/** What the human of a run does with requests, and how long that takes. */
export interface ApprovalPolicy {
  readonly mode: 'approve' | 'deny' | 'ignore';
  readonly afterMs: number;
}

/** Answers of `Approvals.ask`. */
export const PASSED = 0;
export const WAITING = 1;
export const REFUSED = 2;

interface Request {
  /** When the request was made; null when there is none. */
  sinceMs: number | null;
  /** Used passes that came back with a failed answer. */
  returned: number;
}

/** One request as saved; `argsId` stands for all equal arguments. */
export interface SavedRequest {
  readonly pair: number;
  readonly argsId: number;
  readonly sinceMs: number | null;
  readonly returned: number;
}

/** Requests beyond which nothing is saved. */
const MAX_SAVED = 10_000;

/**
 * Requests for approval in a run (docs: policy.md#approvals). One approved request lets one call pass; the next
 * identical call asks anew. A refusal stands for the rest of the run. Identity: grant, tool and equal arguments.
 */
export class Approvals {
  readonly #policy: ApprovalPolicy;
  readonly #argsAt: (id: number) => JsonObject;
  readonly #identities = new Map<string, number>();
  readonly #identityOfArgs = new Map<number, number>();
  readonly #requests = new Map<number, Map<number, Request>>();

  constructor(policy: ApprovalPolicy, argsAt: (id: number) => JsonObject) {
    this.#policy = policy;
    this.#argsAt = argsAt;
  }

  /** `pair` identifies grant and tool. A pass that is there is used up; otherwise a first call makes a request. */
  ask(pair: number, argsId: number, atMs: number): typeof PASSED | typeof WAITING | typeof REFUSED {
    const request = this.#requestOf(pair, argsId);
    if (request.returned > 0) {
      request.returned--;
      return PASSED;
    }
    if (request.sinceMs === null) {
      request.sinceMs = atMs;
      return WAITING;
    }
    const { mode, afterMs } = this.#policy;
    if (mode === 'ignore' || atMs < request.sinceMs + afterMs) return WAITING;
    if (mode === 'deny') return REFUSED;
    request.sinceMs = null;
    return PASSED;
  }

  /** Returns the pass of a call that failed upstream; it serves the next identical call. */
  giveBack(pair: number, argsId: number): void {
    this.#requestOf(pair, argsId).returned++;
  }

  /** All requests, for `restore`; null when there are too many to keep copies of. */
  save(): readonly SavedRequest[] | null {
    if (this.#identityOfArgs.size > MAX_SAVED) return null;
    const saved: SavedRequest[] = [];
    const seen = new Set<number>();
    for (const [argsId, identity] of this.#identityOfArgs) {
      if (seen.has(identity)) continue;
      seen.add(identity);
      this.#requests.get(identity)?.forEach((request, pair) => saved.push({ pair, argsId, ...request }));
    }
    return saved;
  }

  /** Goes on from saved requests; for one that has none yet. */
  restore(saved: readonly SavedRequest[]): void {
    for (const { pair, argsId, sinceMs, returned } of saved) {
      Object.assign(this.#requestOf(pair, argsId), { sinceMs, returned });
    }
  }

  #requestOf(pair: number, argsId: number): Request {
    const identity = this.#identityOf(argsId);
    let requests = this.#requests.get(identity);
    if (!requests) this.#requests.set(identity, (requests = new Map<number, Request>()));
    let request = requests.get(pair);
    if (!request) requests.set(pair, (request = { sinceMs: null, returned: 0 }));
    return request;
  }

  /** One number for all argument ids with equal arguments. */
  #identityOf(argsId: number): number {
    let identity = this.#identityOfArgs.get(argsId);
    if (identity === undefined) {
      const text = canonicalJson(this.#argsAt(argsId));
      identity = this.#identities.get(text) ?? this.#identities.size;
      this.#identities.set(text, identity);
      this.#identityOfArgs.set(argsId, identity);
    }
    return identity;
  }
}
