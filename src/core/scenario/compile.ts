import type { Caller } from '../engine/decision.ts';
import type { CallColumns, CallPlan } from '../simulator/columns.ts';
import { acceptScenario } from './accept.ts';
import { planArguments } from './argument-plan.ts';
import { argumentTable } from './argument-table.ts';
import { AgentCursor, type PlannedRun } from './cursor.ts';
import { durationMs } from './duration.ts';
import { instantMs } from './instant.ts';
import type { Scenario } from './model.ts';
import { programOf, type Program, type RunSpec } from './program.ts';
import { randomKey } from './random.ts';
import { reactionOf } from './reaction.ts';

/** Most ids a step may share among its calls; with more combinations of arguments each call gets an id of its own. */
const MAX_SHARED_IDS = 65_536;

/** A scenario being turned into calls, in slices. */
export interface ScenarioCompiler {
  /** Calls the scenario plans. */
  readonly planned: number;
  /** Calls written so far. */
  readonly done: number;
  /** Writes up to `maxCalls` more calls; true when all are written. */
  advance(maxCalls: number): boolean;
  /** Writes what is left and gives the plan. The same plan in whatever slices it was made. */
  finish(): CallPlan;
}

/** A compiler, or that the scenario is refused: `checkScenario` says why. */
export type CompilerResult = { readonly ok: true; readonly compiler: ScenarioCompiler } | { readonly ok: false };

/** A plan, or that the scenario is refused: `checkScenario` says why. */
export type CompileResult = { readonly ok: true; readonly plan: CallPlan } | { readonly ok: false };

function runsOf(program: Program): RunSpec[] {
  return program.items.flatMap((item) => ('run' in item ? [item.run] : runsOf(item.body)));
}

/** Gives tools their indices in order of first use, and runs their keys and argument ids. */
class RunPlanner {
  readonly tools = new Map<string, number>();
  readonly runs: PlannedRun[] = [];
  argsCount = 0;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  plan(program: Program, agent: number): PlannedRun[] {
    const planned = runsOf(program).map((spec, step) => this.#planRun(spec, agent, step));
    this.runs.push(...planned);
    return planned;
  }

  #planRun(spec: RunSpec, agent: number, step: number): PlannedRun {
    const { args: given = {}, call } = spec.step;
    const tool = this.tools.get(call) ?? this.tools.size;
    this.tools.set(call, tool);
    const result = planArguments(given, spec.times);
    const args = result.ok ? result.plan : { constant: given, entries: [], leaves: [], combinations: 1 };
    const shared = args.combinations <= Math.min(spec.totalCalls, MAX_SHARED_IDS);
    const argsCount = shared ? args.combinations : spec.totalCalls;
    const argsBase = this.argsCount;
    this.argsCount += argsCount;
    return { spec, caller: agent, tool, key: randomKey(this.#seed, agent, step), args, shared, argsBase, argsCount };
  }
}

function emptyColumns(count: number): CallColumns {
  return {
    count,
    atMs: new Float64Array(count),
    caller: new Uint16Array(count),
    tool: new Uint16Array(count),
    args: new Uint32Array(count),
    upstream: new Uint8Array(count),
    latencyMs: new Uint32Array(count),
  };
}

class Compiler implements ScenarioCompiler {
  readonly planned: number;
  done = 0;
  readonly #scenario: Scenario;
  readonly #planner: RunPlanner;
  #made: CallColumns | null = null;
  /** In the order of agents; those that have no more calls are taken out. */
  #cursors: AgentCursor[];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#planner = new RunPlanner(scenario.seed ?? 1);
    const programs = scenario.agents.map((agent) => programOf(agent.steps));
    this.planned = programs.reduce((sum, program) => sum + program.calls, 0);
    const startMs = instantMs(scenario.start);
    this.#cursors = programs.map(
      (program, agent) => new AgentCursor(program, this.#planner.plan(program, agent), startMs),
    );
  }

  advance(maxCalls: number): boolean {
    const stop = Math.min(this.planned, this.done + maxCalls);
    while (this.done < stop) this.#emitBurst(stop);
    return this.done === this.planned;
  }

  finish(): CallPlan {
    this.advance(this.planned);
    const { agents, approvals } = this.#scenario;
    const callers: Caller[] = agents.map((agent) => ({
      grant: agent.grant ?? agent.name,
      session: agent.session ?? 's1',
    }));
    const { runs, tools, argsCount } = this.#planner;
    return {
      calls: this.#columns,
      table: { callers, tools: [...tools.keys()], argsCount, argsAt: argumentTable(runs) },
      reactions: agents.map(reactionOf),
      approvals: { mode: approvals?.mode ?? 'ignore', afterMs: durationMs(approvals?.after) },
    };
  }

  /** why: a scenario whose calls are kept from its last run is compiled again, but makes none. */
  get #columns(): CallColumns {
    return (this.#made ??= emptyColumns(this.planned));
  }

  /** Writes calls of the agent whose turn it is until another one's turn comes, or row `stop` is reached. */
  #emitBurst(stop: number): void {
    let first: AgentCursor | undefined;
    let firstAt = 0;
    let rivalMs = Infinity;
    let rivalAt = 0;
    for (let k = 0; k < this.#cursors.length; k++) {
      const cursor = this.#cursors[k];
      if (cursor === undefined) break;
      if (first === undefined || cursor.atMs < first.atMs) {
        if (first !== undefined) [rivalMs, rivalAt] = [first.atMs, firstAt];
        [first, firstAt] = [cursor, k];
      } else if (cursor.atMs < rivalMs) {
        [rivalMs, rivalAt] = [cursor.atMs, k];
      }
    }
    if (first === undefined) return;
    do {
      first.emit(this.#columns, this.done++);
    } while (this.done < stop && (first.atMs < rivalMs || (first.atMs === rivalMs && firstAt < rivalAt)));
    if (first.atMs === Infinity) this.#cursors = this.#cursors.filter((cursor) => cursor !== first);
  }
}

/**
 * Prepares the calls of a scenario: checks it, then writes calls in slices, so that a worker can report progress and
 * stop. Nothing is allocated for a scenario that is refused. A pure function of the document and its seed.
 */
export function createScenarioCompiler(scenario: Scenario): CompilerResult {
  const accepted = acceptScenario(scenario);
  return accepted === null ? { ok: false } : { ok: true, compiler: new Compiler(accepted) };
}

/** The calls of a scenario, sorted by time, ties in the order of agents; or that there are none. Never throws. */
export function compileScenario(scenario: Scenario): CompileResult {
  const result = createScenarioCompiler(scenario);
  return result.ok ? { ok: true, plan: result.compiler.finish() } : result;
}
