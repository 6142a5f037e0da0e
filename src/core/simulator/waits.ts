import type { Scenario } from '../scenario/model.ts';
import { type Pause, pauseReader } from '../scenario/pauses.ts';
import { OUTCOME_CODE } from './columns.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';
import type { AgentWait, View, WaitKind } from './timeline.ts';

/** Waits that are kept of one run; later ones are not drawn. */
const MOST_KEPT = 20_000;
/** Refused calls remembered at once, to know what a repeated call repeats. */
const MOST_OPEN = 100_000;
/** Waits sent of one agent and view. */
const MOST_IN_VIEW = 400;

/** A wait and the caller that waits. */
export interface CallerWait extends AgentWait {
  readonly caller: number;
}

interface CallerState {
  ordinal: number;
  lastMs: number;
  stopped: boolean;
  readonly pauseOf: ((n: number) => Pause | null) | null;
}

/**
 * Finds the pauses of every agent: steps that wait, and calls made again after a refusal, in order of their ends. Calls
 * of a run that does not come from `scenario` have no steps. Of a call that is planned and repeated alike, the plan wins.
 */
export function waitsPass(run: Run, scenario: Scenario): Pass<readonly CallerWait[]> {
  return new WaitsPass(run, scenario);
}

class WaitsPass implements Pass<readonly CallerWait[]> {
  readonly #run: Run;
  readonly #callers: readonly CallerState[];
  readonly #refused = new Map<string, { readonly atMs: number; readonly kind: WaitKind }>();
  readonly #found: CallerWait[] = [];
  #planned = 0;

  constructor(run: Run, { agents }: Scenario) {
    this.#run = run;
    const { callers } = run.table;
    const isOwn =
      callers.length === agents.length &&
      callers.every(({ grant }, i) => grant === (agents[i]?.grant ?? agents[i]?.name));
    this.#callers = callers.map((_, i) => {
      const agent = isOwn ? agents[i] : undefined;
      return {
        ordinal: 0,
        lastMs: -Infinity,
        stopped: false,
        pauseOf: agent === undefined ? null : pauseReader(agent),
      };
    });
  }

  add(from: number, to: number): void {
    for (let row = from; row < to && this.#found.length < MOST_KEPT; row++) this.#see(row);
  }

  finish(): readonly CallerWait[] {
    return this.#found;
  }

  #see(row: number): void {
    const { columns, plan } = this.#run;
    const caller = columns.caller[row] ?? 0;
    const state = this.#callers[caller];
    if (state === undefined) return;
    const toMs = columns.atMs[row] ?? 0;
    const key = plan.reactions[caller] ? `${caller} ${columns.tool[row]} ${columns.args[row]}` : null;
    if (this.#takePlanned(row)) {
      const kind = state.pauseOf?.(state.ordinal) ?? null;
      if (kind !== null && toMs > state.lastMs) this.#found.push({ kind, caller, fromMs: state.lastMs, toMs });
      state.ordinal++;
      state.lastMs = toMs;
    } else if (key !== null) {
      const before = this.#refused.get(key);
      if (before !== undefined && toMs > before.atMs) {
        this.#found.push({ kind: before.kind, caller, fromMs: before.atMs, toMs });
      }
    }
    if (key !== null) this.#react(row, caller, key, toMs);
  }

  /** Whether a row is the next planned call, which is then over. Calls of agents that stopped are passed over. */
  #takePlanned(row: number): boolean {
    const { columns, plan } = this.#run;
    const { calls } = plan;
    while (this.#planned < calls.count && this.#callers[calls.caller[this.#planned] ?? 0]?.stopped === true) {
      this.#planned++;
    }
    const p = this.#planned;
    const isNext =
      p < calls.count &&
      calls.caller[p] === columns.caller[row] &&
      calls.atMs[p] === columns.atMs[row] &&
      calls.tool[p] === columns.tool[row] &&
      calls.args[p] === columns.args[row];
    if (isNext) this.#planned++;
    return isNext;
  }

  #react(row: number, caller: number, key: string, atMs: number): void {
    const { columns, plan } = this.#run;
    const outcome = columns.outcome[row];
    this.#refused.delete(key);
    if (outcome === OUTCOME_CODE.allow) return;
    const state = this.#callers[caller];
    const isApproval = outcome === OUTCOME_CODE.approval;
    if (!isApproval && plan.reactions[caller]?.stopOnDenied === true && state !== undefined) state.stopped = true;
    this.#refused.set(key, { atMs, kind: isApproval ? 'approval' : 'retry' });
    const [oldest] = this.#refused.size > MOST_OPEN ? this.#refused.keys() : [];
    if (oldest !== undefined) this.#refused.delete(oldest);
  }
}

/** The waits of one caller that reach into a view, in order of time; of many the longest. */
export function waitsInView(waits: readonly CallerWait[], caller: number, view: View): AgentWait[] {
  const seen = waits.filter((one) => one.caller === caller && one.fromMs < view.toMs && one.toMs > view.fromMs);
  const longest = seen.sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs)).slice(0, MOST_IN_VIEW);
  return longest
    .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)
    .map(({ kind, fromMs, toMs }) => ({ kind, fromMs, toMs }));
}
