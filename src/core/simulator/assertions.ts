import { formatDuration, durationMs } from '../scenario/duration.ts';
import type { Assertion, CountAssertion, DecisionAssertion } from '../scenario/model.ts';
import type { Pass } from './pass.ts';
import { OUTCOME_OF_CODE, type Run } from './run.ts';

/**
 * What an assertion came to. `seen`: the count that decides, of the worst span where it is looked at over spans, else of
 * the run; 0 or 1 for a decision · `call`: the first call that breaks it, or after which too few follow; null when it
 * passes or no call is to blame · `atMs`: start of the span that breaks it, else null · `words`: what was seen.
 */
export interface AssertionResult {
  readonly passes: boolean;
  readonly seen: number;
  readonly call: number | null;
  readonly atMs: number | null;
  readonly words: string;
}

/** Looks at one assertion over a run, whole spans only: `[t, t + within)` from the first call to the last. */
export function assertionPass(run: Run, assertion: Assertion): Pass<AssertionResult> {
  if (assertion.that === 'decision') return decisionPass(run, assertion);
  return assertion.within === undefined
    ? new WholeRun(run, assertion)
    : new EverySpan(run, assertion, durationMs(assertion.within));
}

function decisionPass(run: Run, { call, is, rule }: DecisionAssertion): Pass<AssertionResult> {
  const { columns, deciders } = run;
  return {
    add: () => undefined,
    finish() {
      if (call >= columns.count) {
        const words = `the run has ${columns.count} calls, so there is no call ${call + 1}`;
        return { passes: false, seen: 0, call: null, atMs: null, words };
      }
      const outcome = OUTCOME_OF_CODE[columns.outcome[call] ?? 0] ?? 'allow';
      const by = deciders[columns.decider[call] ?? 0]?.rule ?? '';
      const passes = outcome === is && (rule === undefined || rule === by);
      const words = `call ${call + 1} was ${OUTCOME_WORDS[outcome]}${by === '' ? '' : ` by ${by}`}`;
      return { passes, seen: passes ? 1 : 0, call: passes ? null : call, atMs: null, words };
    },
  };
}

const OUTCOME_WORDS = { allow: 'allowed', deny: 'denied', approval: 'held for approval' } as const;

/** Least and most of a count; `exactly` is both. */
function boundsOf({ atLeast, atMost, exactly }: CountAssertion): { readonly least: number; readonly most: number } {
  return {
    least: Math.max(atLeast ?? 0, exactly ?? 0),
    most: Math.min(atMost ?? Infinity, exactly ?? Infinity),
  };
}

/** Whether a call is one that `where` counts; a hidden tool's denial is a denial. */
function matcher({ columns, table, deciders }: Run, where: CountAssertion['where'] = {}): (call: number) => boolean {
  const flags = <T>(of: readonly T[], holds: (entry: T) => boolean): Uint8Array =>
    Uint8Array.from(of, (entry) => Number(holds(entry)));
  const tools = flags(table.tools, (tool) => where.tool === undefined || tool === where.tool);
  const callers = flags(table.callers, ({ grant }) => where.grant === undefined || grant === where.grant);
  const rules = flags(deciders, ({ rule }) => where.rule === undefined || rule === where.rule);
  const outcomes = flags(OUTCOME_OF_CODE, (outcome) => where.outcome === undefined || outcome === where.outcome);
  const { tool, caller, decider, outcome } = columns;
  return (call) =>
    tools[tool[call] ?? 0] === 1 &&
    callers[caller[call] ?? 0] === 1 &&
    rules[decider[call] ?? 0] === 1 &&
    outcomes[outcome[call] ?? 0] === 1;
}

class WholeRun implements Pass<AssertionResult> {
  readonly #bounds: { readonly least: number; readonly most: number };
  readonly #matches: (call: number) => boolean;
  #seen = 0;
  #breaking: number | null = null;

  constructor(run: Run, assertion: CountAssertion) {
    this.#bounds = boundsOf(assertion);
    this.#matches = matcher(run, assertion.where);
  }

  add(from: number, to: number): void {
    for (let call = from; call < to; call++) {
      if (!this.#matches(call)) continue;
      if (++this.#seen > this.#bounds.most) this.#breaking ??= call;
    }
  }

  finish(): AssertionResult {
    const { least, most } = this.#bounds;
    const seen = this.#seen;
    const passes = seen >= least && seen <= most;
    return { passes, seen, call: this.#breaking, atMs: null, words: `${seen} in the run` };
  }
}

/** The fewest and most calls in any span of one length, each call looked at twice. */
class EverySpan implements Pass<AssertionResult> {
  readonly #run: Run;
  readonly #lengthMs: number;
  readonly #bounds: { readonly least: number; readonly most: number };
  readonly #matches: (call: number) => boolean;
  /** Matching calls so far, and those of them that the span that ends with the newest call has left behind. */
  #entered = 0;
  #left = 0;
  #tail = 0;
  #most = 0;
  #tooMany: number | null = null;
  /** The next call after which a span may start, and matching calls up to it. */
  #start = 0;
  #before = 0;
  #fewest = Infinity;
  #fewestAfter = -1;
  #tooFew: number | null = null;

  constructor(run: Run, assertion: CountAssertion, lengthMs: number) {
    this.#run = run;
    this.#lengthMs = lengthMs;
    this.#bounds = boundsOf(assertion);
    this.#matches = matcher(run, assertion.where);
  }

  add(from: number, to: number): void {
    for (let call = from; call < to; call++) {
      const atMs = this.#timeOf(call);
      this.#closeSpans(atMs);
      if (!this.#matches(call)) continue;
      this.#entered++;
      for (; this.#timeOf(this.#tail) <= atMs - this.#lengthMs; this.#tail++) {
        if (this.#matches(this.#tail)) this.#left++;
      }
      const inside = this.#entered - this.#left;
      this.#most = Math.max(this.#most, inside);
      if (inside > this.#bounds.most) this.#tooMany ??= call;
    }
  }

  finish(): AssertionResult {
    const { count } = this.#run.columns;
    const endMs = count === 0 ? 0 : this.#timeOf(count - 1) + 1;
    this.#closeSpans(endMs);
    // why: a run shorter than the span is one span, as far as it went.
    const fewest = this.#fewest === Infinity ? this.#entered : this.#fewest;
    const { least, most } = this.#bounds;
    if (this.#most > most)
      return this.#result(false, this.#most, this.#tooMany, this.#startOf(this.#tooMany), 'at most');
    if (fewest >= least) {
      const [seen, word] = most === Infinity ? [fewest, 'at least'] : [this.#most, 'at most'];
      return this.#result(true, seen, null, null, word);
    }
    const after = this.#fewestAfter;
    const atMs = after === -1 ? this.#timeOf(0) : this.#timeOf(after) + 1;
    return this.#result(false, fewest, this.#tooFew ?? (after === -1 ? null : after), atMs, 'at least');
  }

  #result(passes: boolean, seen: number, call: number | null, atMs: number | null, word: string): AssertionResult {
    const words = `${word} ${seen} in any ${formatDuration(this.#lengthMs)}`;
    return { passes, seen, call, atMs, words };
  }

  #startOf(call: number | null): number | null {
    return call === null ? null : Math.max(this.#timeOf(0), this.#timeOf(call) - this.#lengthMs + 1);
  }

  /** Counts every span that ends at or before `untilMs`: one from the first call, one from after each time of a call. */
  #closeSpans(untilMs: number): void {
    if (this.#start === 0 && this.#fewestAfter === -1 && this.#fewest === Infinity) {
      if (this.#timeOf(0) + this.#lengthMs > untilMs) return;
      this.#fewest = this.#entered;
      this.#note(-1);
    }
    for (; this.#timeOf(this.#start) + 1 + this.#lengthMs <= untilMs; this.#start++) {
      if (this.#matches(this.#start)) this.#before++;
      const inside = this.#entered - this.#before;
      // why: calls of the same millisecond are all before a span that starts after them.
      if (this.#timeOf(this.#start + 1) === this.#timeOf(this.#start)) continue;
      if (inside >= this.#fewest) continue;
      this.#fewest = inside;
      this.#fewestAfter = this.#start;
      this.#note(this.#start);
    }
  }

  #note(after: number): void {
    if (this.#fewest < this.#bounds.least && after >= 0) this.#tooFew ??= after;
  }

  #timeOf(call: number): number {
    const { atMs, count } = this.#run.columns;
    return call < count ? (atMs[call] ?? 0) : Infinity;
  }
}
