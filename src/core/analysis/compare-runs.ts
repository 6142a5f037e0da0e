import type { Outcome } from '../engine/decision.ts';
import { OUTCOME_OF_CODE, type Run } from '../simulator/run.ts';
import type { Pass } from '../simulator/pass.ts';

/** Differences between two decisions of one call: other outcome, other rule, other time, or made in one run only. */
export const FLIP_KINDS = [
  'allow-deny',
  'deny-allow',
  'allow-approval',
  'approval-allow',
  'deny-approval',
  'approval-deny',
  'other-rule',
  'other-time',
  'only-before',
  'only-after',
] as const;
/** One of `FLIP_KINDS`. */
export type FlipKind = (typeof FLIP_KINDS)[number];

/** A call that was decided differently: its number in each run, -1 where it was not made. */
export interface Flip {
  readonly kind: FlipKind;
  readonly before: number;
  readonly after: number;
}

/** How often each kind of difference occurred. */
export type FlipCounts = Readonly<Record<FlipKind, number>>;

/** What changed from one run to another. `first`: the first differences, in the order of the first run. */
export interface Comparison {
  readonly calls: { readonly before: number; readonly after: number };
  readonly same: number;
  readonly total: FlipCounts;
  readonly tools: ReadonlyMap<string, FlipCounts>;
  readonly grants: ReadonlyMap<string, FlipCounts>;
  readonly first: readonly Flip[];
}

/** Differences kept one by one. */
const MOST_KEPT = 200;

/**
 * Compares two runs of one scenario call by call. Calls are the same call when the same agent makes its n-th call of the
 * same tool with the same arguments, so agents that react and make more or fewer calls are compared as well. Take calls
 * 0 … the greater count; `add` may be cut anywhere.
 */
export function comparePass(before: Run, after: Run): Pass<Comparison> {
  return isSamePlan(before, after) ? new Comparing(before, after, (call) => call) : new Matching(before, after);
}

/** Whether the calls of two runs are the same calls in the same order. */
function isSamePlan(before: Run, after: Run): boolean {
  return (
    before.columns.count === after.columns.count &&
    before.table === after.table &&
    before.columns.args === after.columns.args
  );
}

type Counts = Record<FlipKind, number>;

function noFlips(): Counts {
  return Object.fromEntries(FLIP_KINDS.map((kind) => [kind, 0])) as Counts;
}

class Comparing implements Pass<Comparison> {
  readonly #before: Run;
  readonly #after: Run;
  readonly #partner: (call: number) => number;
  readonly #byTool = new Map<string, Counts>();
  readonly #byGrant = new Map<string, Counts>();
  readonly #total = noFlips();
  readonly #first: Flip[] = [];
  #same = 0;

  constructor(before: Run, after: Run, partner: (call: number) => number) {
    this.#before = before;
    this.#after = after;
    this.#partner = partner;
  }

  add(from: number, to: number): void {
    const last = Math.min(to, this.#before.columns.count);
    for (let call = from; call < last; call++) {
      const partner = this.#partner(call);
      const kind = partner === -1 ? 'only-before' : this.#kindOf(call, partner);
      if (kind === null) this.#same++;
      else this.flip(this.#before, call, { kind, before: call, after: partner });
    }
  }

  /** Counts a difference of call `call` of `run`. */
  flip({ table, columns }: Run, call: number, flip: Flip): void {
    const tool = table.tools[columns.tool[call] ?? 0] ?? '';
    const grant = table.callers[columns.caller[call] ?? 0]?.grant ?? '';
    this.#total[flip.kind]++;
    countIn(this.#byTool, tool)[flip.kind]++;
    countIn(this.#byGrant, grant)[flip.kind]++;
    if (this.#first.length < MOST_KEPT) this.#first.push(flip);
  }

  finish(): Comparison {
    return {
      calls: { before: this.#before.columns.count, after: this.#after.columns.count },
      same: this.#same,
      total: this.#total,
      tools: this.#byTool,
      grants: this.#byGrant,
      first: this.#first,
    };
  }

  #kindOf(call: number, partner: number): FlipKind | null {
    const [from, to] = [outcomeAt(this.#before, call), outcomeAt(this.#after, partner)];
    // INVARIANT: every pair of two different outcomes is a kind.
    if (from !== to) return `${from}-${to}` as FlipKind;
    if (ruleAt(this.#before, call) !== ruleAt(this.#after, partner)) return 'other-rule';
    return this.#before.columns.atMs[call] === this.#after.columns.atMs[partner] ? null : 'other-time';
  }
}

function countIn(counts: Map<string, Counts>, name: string): Counts {
  const known = counts.get(name) ?? noFlips();
  counts.set(name, known);
  return known;
}

function outcomeAt({ columns }: Run, call: number): Outcome {
  return OUTCOME_OF_CODE[columns.outcome[call] ?? 0] ?? 'allow';
}

function ruleAt({ columns, deciders }: Run, call: number): string {
  return deciders[columns.decider[call] ?? 0]?.rule ?? '';
}

/** Comparing runs whose calls do not stand in the same places. */
class Matching implements Pass<Comparison> {
  readonly #before: Run;
  readonly #after: Run;
  readonly #waiting: Map<string, number[]>;
  readonly #comparing: Comparing;
  readonly #met: Uint8Array;

  constructor(before: Run, after: Run) {
    this.#before = before;
    this.#after = after;
    this.#waiting = callsByIdentity(after);
    this.#met = new Uint8Array(after.columns.count);
    this.#comparing = new Comparing(before, after, (call) => this.#take(call));
  }

  add(from: number, to: number): void {
    this.#comparing.add(from, to);
  }

  finish(): Comparison {
    for (let call = 0; call < this.#after.columns.count; call++) {
      if (this.#met[call] !== 1)
        this.#comparing.flip(this.#after, call, { kind: 'only-after', before: -1, after: call });
    }
    return this.#comparing.finish();
  }

  #take(call: number): number {
    const partner = this.#waiting.get(identityAt(this.#before, call))?.pop();
    if (partner === undefined) return -1;
    this.#met[partner] = 1;
    return partner;
  }
}

function identityAt({ columns }: Run, call: number): string {
  return `${columns.caller[call] ?? 0} ${columns.tool[call] ?? 0} ${columns.args[call] ?? 0}`;
}

/** Calls of each identity, the last first. */
function callsByIdentity(run: Run): Map<string, number[]> {
  const calls = new Map<string, number[]>();
  for (let call = run.columns.count - 1; call >= 0; call--) {
    const key = identityAt(run, call);
    const known = calls.get(key);
    if (known === undefined) calls.set(key, [call]);
    else known.push(call);
  }
  return calls;
}
