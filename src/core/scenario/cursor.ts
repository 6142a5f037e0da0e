import type { CallColumns } from '../simulator/columns.ts';
import { UPSTREAM_CODE } from '../simulator/columns.ts';
import { leafDigit, type ArgumentPlan } from './argument-plan.ts';
import { durationMs } from './duration.ts';
import { afterGap } from './gap.ts';
import { offsetMs } from './pace.ts';
import type { Program, RunSpec } from './program.ts';
import { randomInt, randomUnit } from './random.ts';

/** Salts of the choices about a call that are not arguments; leaves of arguments use 0 and up. */
const SALT = { jitter: -1, failure: -2, latency: -3 } as const;

/** How the server answers the calls of a step. */
interface UpstreamPlan {
  readonly failures: number;
  readonly failureCode: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** A call step ready to be emitted. Arguments have ids from `argsBase`: one a combination when `shared`, else one a call. */
export interface PlannedRun {
  readonly spec: RunSpec;
  readonly caller: number;
  readonly tool: number;
  readonly key: number;
  readonly args: ArgumentPlan;
  readonly shared: boolean;
  readonly argsBase: number;
  readonly argsCount: number;
}

function upstreamPlan(spec: RunSpec): UpstreamPlan {
  const script = spec.step.upstream ?? {};
  const latency = script.latency ?? '0ms';
  const [min, max] = typeof latency === 'string' ? [latency, latency] : latency;
  return {
    failures: script.failures ?? 0,
    failureCode: UPSTREAM_CODE[script.kind ?? 'rpc_error'],
    minMs: durationMs(min),
    maxMs: durationMs(max),
  };
}

interface Frame {
  readonly program: Program;
  index: number;
  roundsLeft: number;
}

/** What a cursor needs of a run while it stands in it. */
interface ActiveRun {
  readonly planned: PlannedRun;
  readonly upstream: UpstreamPlan;
  /** Calls emitted by this step so far, over repeats too. */
  emitted: number;
}

/**
 * Walks the calls of one agent in order. `atMs` is the time of the call that `emit` writes next, Infinity after the
 * last. INVARIANT: `atMs` never falls, because jitter moves a call later by at most its own gap.
 */
export class AgentCursor {
  atMs = Infinity;
  readonly #frames: Frame[];
  readonly #runs: ReadonlyMap<RunSpec, ActiveRun>;
  #active: ActiveRun | null = null;
  #clockMs: number;
  #i = 0;
  #n = 0;
  #plainMs = 0;
  #nextMs = 0;

  constructor(program: Program, runs: readonly PlannedRun[], startMs: number) {
    this.#frames = [{ program, index: 0, roundsLeft: 1 }];
    this.#runs = new Map(
      runs.map((planned) => [planned.spec, { planned, upstream: upstreamPlan(planned.spec), emitted: 0 }]),
    );
    this.#clockMs = startMs;
    this.#enterRun();
  }

  /** Writes the next call into row `row` and moves on to the one after it. */
  emit(columns: CallColumns, row: number): void {
    const active = this.#active;
    if (active === null) return;
    const { planned, upstream } = active;
    const ordinal = active.emitted++;
    columns.atMs[row] = this.atMs;
    columns.caller[row] = planned.caller;
    columns.tool[row] = planned.tool;
    columns.args[row] = planned.argsBase + this.#argsId(planned, ordinal);
    if (upstream.failures > 0 && randomUnit(planned.key, ordinal, SALT.failure) < upstream.failures) {
      columns.upstream[row] = upstream.failureCode;
    }
    if (upstream.maxMs > 0) {
      const unit = upstream.minMs === upstream.maxMs ? 0 : randomUnit(planned.key, ordinal, SALT.latency);
      columns.latencyMs[row] = randomInt(unit, upstream.minMs, upstream.maxMs);
    }
    this.#n++;
    if (++this.#i < planned.spec.times) this.#aim(active);
    else this.#enterRun();
  }

  #argsId(planned: PlannedRun, ordinal: number): number {
    if (!planned.shared) return ordinal;
    let id = 0;
    const leaves = planned.args.leaves;
    for (let k = 0; k < leaves.length; k++) {
      const leaf = leaves[k];
      if (leaf === undefined) break;
      id = id * leaf.count + leafDigit(leaf, k, planned.key, this.#i, this.#n, ordinal);
    }
    return id;
  }

  /** Sets `atMs` for call `#i` of the run; times of neighbours are carried over, not worked out twice. */
  #aim(active: ActiveRun): void {
    const { spec, key } = active.planned;
    this.#plainMs = this.#nextMs;
    this.#nextMs = this.#clockMs + offsetMs(spec.pace, this.#i + 1, spec.times);
    const jitter = spec.step.jitter ?? 0;
    const roomMs = jitter === 0 ? 0 : Math.floor((this.#nextMs - this.#plainMs) * jitter);
    const moveMs = roomMs === 0 ? 0 : randomInt(randomUnit(key, active.emitted, SALT.jitter), 0, roomMs);
    this.atMs = this.#plainMs + moveMs;
  }

  #enterRun(): void {
    for (;;) {
      const frame = this.#frames.at(-1);
      if (frame === undefined) {
        this.#active = null;
        this.atMs = Infinity;
        return;
      }
      const item = frame.program.items[frame.index++];
      if (item === undefined) {
        this.#clockMs = afterGap(this.#clockMs, frame.program.tail);
        frame.index = 0;
        if (--frame.roundsLeft === 0) this.#frames.pop();
        continue;
      }
      this.#clockMs = afterGap(this.#clockMs, item.gap);
      if ('run' in item) {
        this.#start(item.run);
        return;
      }
      this.#frames.push({ program: item.body, index: 0, roundsLeft: item.count });
    }
  }

  #start(spec: RunSpec): void {
    this.#active = this.#runs.get(spec) ?? null;
    this.#i = 0;
    this.#nextMs = this.#clockMs;
    if (this.#active !== null) this.#aim(this.#active);
  }
}
