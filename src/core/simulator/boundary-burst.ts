import { compilePolicy } from '../engine/compile.ts';
import { windowStart } from '../engine/window.ts';
import { grouped, perWindow } from '../policy/wording.ts';
import { bindPolicy, type Binding } from './bind.ts';
import { lowerBound } from './call-list.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import { formatSpan } from './duration-text.ts';
import { entry } from './entry.ts';
import type { RunFinding } from './finding.ts';
import { groupBy } from './group.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';
import { type Fullest, WindowSum } from './window-sum.ts';

/** Share of a sum that may be rounding. */
const ROUNDING = 1e-9;
/** Limits reported, those far above their `max` first. */
const MAX_FINDINGS = 20;

/** The fullest window of one limit, and whose it was. */
interface Burst extends Fullest {
  readonly limit: number;
  readonly owner: number;
}

/**
 * Finds limits that let more than their `max` through within one length of their window, across a calendar boundary:
 * one finding a limit, for the owner that got most. Amounts that were given back do not count. Nothing for what-if
 * windows. `overfull` (`CounterWindows.overfull`) names the limits worth a look; null: all. Linear in the calls.
 */
export function boundaryBurstPass(run: Run, overfull: ReadonlySet<number> | null): Pass<readonly RunFinding[]> {
  // why: Intercept's counters may be shared by several limits, and what one limit saw of them says little.
  const suspects = run.policy.dialect === 'intercept' ? null : overfull;
  const search = new BurstSearch(run, suspects);
  const idle = run.windows !== 'calendar' || run.limits.length === 0 || suspects?.size === 0;
  return {
    add: (from, to) => {
      if (!idle) search.add(from, to);
    },
    finish: () => search.worst().map((burst) => describe(run, search, burst)),
  };
}

/** Sums what calls took, per limit and owner. */
class BurstSearch {
  readonly #run: Run;
  readonly #binding: Binding;
  /** Limits that share a counter with a limit, itself included. */
  readonly #sharing: readonly (readonly number[])[];
  /** By limit, then owner; made when first taken from. */
  readonly #sums: WindowSum[][];
  /** By step, then owner: what an amount taken there is added to. */
  readonly #added: (readonly WindowSum[] | undefined)[][];
  readonly #counts: Uint8Array;

  constructor(run: Run, suspects: ReadonlySet<number> | null) {
    this.#run = run;
    this.#binding = bindPolicy(compilePolicy(run.policy), run.table, run.noPolicy);
    const { limits, steps } = this.#binding;
    const byKey = groupBy(limits.keys(), (i) => entry(limits, i).limit.counterKey);
    this.#sharing = limits.map(({ limit }) => byKey.get(limit.counterKey) ?? []);
    this.#sums = limits.map(() => []);
    this.#added = Array.from(steps.limit, () => []);
    this.#counts = Uint8Array.from(steps.limit, (limit) => {
      return entry(limits, limit).limit.counts && (suspects?.has(limit) ?? true) ? 1 : 0;
    });
  }

  add(from: number, to: number): void {
    const { outcome, status, tool, caller, atMs, args } = this.#run.columns;
    const { steps, ownerOf } = this.#binding;
    for (let i = from; i < to; i++) {
      if (outcome[i] !== OUTCOME_CODE.allow || this.#gaveBack(status[i] ?? 0)) continue;
      const what = tool[i] ?? 0;
      const end = steps.from[what + 1] ?? 0;
      for (let step = steps.from[what] ?? 0; step < end; step++) {
        if (this.#counts[step] === 0) continue;
        const fixed = steps.fixedAmount[step] ?? 0;
        const amount = Number.isNaN(fixed) ? this.#measure(step, args[i] ?? 0) : fixed;
        const owner = ownerOf[(steps.ownerBase[step] ?? 0) + (caller[i] ?? 0)] ?? 0;
        for (const sum of this.#added[step]?.[owner] ?? this.#sumsOf(step, owner)) sum.add(atMs[i] ?? 0, amount);
      }
    }
  }

  /** The fullest window of each limit that holds more than `max`, and a boundary; those far above `max` first. */
  worst(): readonly Burst[] {
    const bursts = this.#sums.flatMap((sums, limit) => {
      const over = sums.flatMap((sum, owner) => this.#burstOf(sum, limit, owner));
      return over.length === 0 ? [] : [over.reduce((a, b) => (b.sum > a.sum ? b : a))];
    });
    const excess = ({ limit, sum }: Burst): number => sum / entry(this.#binding.limits, limit).limit.max;
    return bursts.sort((a, b) => excess(b) - excess(a)).slice(0, MAX_FINDINGS);
  }

  /** Calls of the owner that the limit let pass or denied, within one window length from the burst's first. */
  attempts(burst: Burst): { readonly passed: number; readonly denied: number; readonly lastMs: number } {
    const { atMs, count, outcome, status } = this.#run.columns;
    const endMs = burst.fromMs + entry(this.#binding.limits, burst.limit).limit.windowMs;
    let [passed, denied, lastMs] = [0, 0, burst.toMs];
    for (let i = lowerBound(atMs, count, burst.fromMs); i < count && (atMs[i] ?? 0) < endMs; i++) {
      if (!this.#concerns(burst, i)) continue;
      if (outcome[i] === OUTCOME_CODE.allow && !this.#gaveBack(status[i] ?? 0)) passed++;
      else if (entry(this.#run.deciders, entry(this.#run.columns.decider, i)).limit === burst.limit) denied++;
      else continue;
      lastMs = atMs[i] ?? 0;
    }
    return { passed, denied, lastMs };
  }

  #burstOf(sum: WindowSum, limit: number, owner: number): Burst[] {
    const { max, windowMs } = entry(this.#binding.limits, limit).limit;
    const { fullest } = sum;
    if (fullest === null || fullest.sum <= max * (1 + ROUNDING)) return [];
    const crosses = windowStart(fullest.fromMs, windowMs) !== windowStart(fullest.toMs, windowMs);
    return crosses ? [{ ...fullest, limit, owner }] : [];
  }

  #measure(step: number, args: number): number {
    return entry(this.#binding.steps.compiled, step).amountOf(this.#run.table.argsAt(args));
  }

  #sumsOf(step: number, owner: number): readonly WindowSum[] {
    const { steps, limits } = this.#binding;
    const sums = entry(this.#sharing, entry(steps.limit, step)).map((limit) => {
      return (entry(this.#sums, limit)[owner] ??= new WindowSum(entry(limits, limit).limit.windowMs));
    });
    entry(this.#added, step)[owner] = sums;
    return sums;
  }

  /** Whether a call of this tool and caller meets the limit (or one that shares its counter) as the burst's owner. */
  #concerns(burst: Burst, call: number): boolean {
    const { steps, ownerOf } = this.#binding;
    const tool = entry(this.#run.columns.tool, call);
    const end = steps.from[tool + 1] ?? 0;
    for (let s = steps.from[tool] ?? 0; s < end; s++) {
      if (!entry(this.#sharing, burst.limit).includes(steps.limit[s] ?? -1)) continue;
      return ownerOf[(steps.ownerBase[s] ?? 0) + entry(this.#run.columns.caller, call)] === burst.owner;
    }
    return false;
  }

  #gaveBack(status: number): boolean {
    if (this.#run.policy.dialect === 'intercept') return status === UPSTREAM_CODE.rpc_error;
    return status !== UPSTREAM_CODE.ok;
  }
}

function describe(run: Run, search: BurstSearch, burst: Burst): RunFinding {
  const { limit } = entry(run.limits, burst.limit);
  const { passed, denied, lastMs } = search.attempts(burst);
  const calls = `${grouped(passed)} of ${grouped(passed + denied)} calls in ${formatSpan(lastMs - burst.fromMs)}`;
  const bound = `a limit of ${grouped(limit.max)} ${perWindow(limit.windowMs)}`;
  const countsCalls = limit.amount.kind === 'static' && burst.sum === passed;
  return {
    code: 'boundary-burst',
    severity: 'warning',
    title: 'Boundary burst',
    detail: countsCalls ? `${calls} pass ${bound}.` : `${calls} take ${grouped(burst.sum)} from ${bound}.`,
    pointer: limit.pointer,
    fromMs: burst.fromMs,
    toMs: lastMs,
  };
}
