import { checkScenario } from '../scenario/check.ts';
import { planArguments } from '../scenario/argument-plan.ts';
import { MAX_AGENTS, MAX_BYTES } from '../scenario/limits.ts';
import type { Agent, Scenario } from '../scenario/model.ts';
import { UPSTREAM_CODE } from '../simulator/columns.ts';
import { planTrace, traceTimes } from './plan-trace.ts';
import { StepWriter } from './step-writer.ts';
import type { TraceRun } from './trace.ts';

/**
 * What a scenario cannot say of a trace; each counts calls. `unwritable`: left out, since a scenario would read their
 * arguments as templates, or they nest too deep · `answers`: the simulated server answers them, not the recorded success ·
 * `order`: may change places with another agent's call of the same millisecond.
 */
export interface ConversionLosses {
  readonly unwritable: number;
  readonly answers: number;
  readonly order: number;
}

/** A trace as steps, or why it does not fit into a scenario. */
export type Conversion =
  | {
      readonly kind: 'converted';
      readonly scenario: Scenario;
      readonly calls: number;
      readonly steps: number;
      readonly losses: ConversionLosses;
    }
  | { readonly kind: 'too-large'; readonly message: string };

const TOO_LONG = 'its steps take more than 1 MiB, the most a scenario may; replay it as it is, or import a part of it';

interface WrittenAgent {
  readonly caller: number;
  readonly writer: StepWriter;
}

/** Writes a plan of recorded calls as steps, and counts what is lost on the way. */
class Converter {
  readonly agents: WrittenAgent[] = [];
  readonly losses = { unwritable: 0, answers: 0, order: 0 };
  calls = 0;
  readonly #run: TraceRun;
  readonly #agentOf = new Map<number, number>();
  /** By id of arguments: 0 not looked at, 1 a scenario says the same, 2 it does not. */
  readonly #writable: Uint8Array;
  #lastMs = NaN;
  #lastAgent = 0;

  constructor(run: TraceRun) {
    this.#run = run;
    this.#writable = new Uint8Array(run.trace.argsFrom.length);
  }

  /** Why it does not fit; null when it does. */
  convert(): string | null {
    const { calls, table } = planTrace(this.#run);
    const startMs = calls.atMs[0] ?? 0;
    for (let call = 0; call < calls.count; call++) {
      const argsId = calls.args[call] ?? 0;
      if (!this.#isWritable(argsId, (id) => table.argsAt(id))) {
        this.losses.unwritable++;
        continue;
      }
      const agent = this.#agent(calls.caller[call] ?? 0, startMs);
      if (this.agents.length > MAX_AGENTS) {
        return `a scenario holds at most ${MAX_AGENTS} agents, and more called in this trace; replay it as it is`;
      }
      const atMs = calls.atMs[call] ?? 0;
      this.#count(agent, atMs, calls.upstream[call] ?? 0);
      const written = { tool: table.tools[calls.tool[call] ?? 0] ?? '', argsId, args: table.argsAt(argsId) };
      const answer = { upstream: calls.upstream[call] ?? 0, latencyMs: calls.latencyMs[call] ?? 0 };
      this.agents[agent]?.writer.add({ ...written, ...answer }, atMs);
      if (call % 1024 === 0 && this.#size() > MAX_BYTES) return TOO_LONG;
    }
    for (const { writer } of this.agents) writer.finish();
    return this.#size() > MAX_BYTES ? TOO_LONG : null;
  }

  #count(agent: number, atMs: number, upstream: number): void {
    this.calls++;
    if (upstream === UPSTREAM_CODE.ok) this.losses.answers++;
    // why: of one millisecond, a scenario makes the calls of its agents in the order of agents.
    if (atMs === this.#lastMs && agent < this.#lastAgent) this.losses.order++;
    [this.#lastMs, this.#lastAgent] = [atMs, agent];
  }

  #agent(caller: number, startMs: number): number {
    const known = this.#agentOf.get(caller);
    if (known !== undefined) return known;
    this.#agentOf.set(caller, this.agents.length);
    return this.agents.push({ caller, writer: new StepWriter(startMs) }) - 1;
  }

  #isWritable(argsId: number, argsAt: (id: number) => Parameters<typeof planArguments>[0]): boolean {
    if (this.#writable[argsId] === 0) {
      const read = planArguments(argsAt(argsId), 1);
      this.#writable[argsId] = read.ok && read.plan.constant !== null ? 1 : 2;
    }
    return this.#writable[argsId] === 1;
  }

  #size(): number {
    return this.agents.reduce((sum, { writer }) => sum + writer.size, 0);
  }
}

function agentsOf(run: TraceRun, written: readonly WrittenAgent[]): Agent[] {
  const { callers } = planTrace(run).table;
  const names = new Set<string>();
  return written.map(({ caller, writer }) => {
    const { grant, session } = callers[caller] ?? { grant: run.choices.grant, session: 's1' };
    let name = names.has(grant) ? `${grant} ${session}` : grant;
    for (let i = 2; names.has(name); i++) name = `${grant} ${session} ${i}`;
    names.add(name);
    return {
      name,
      ...(name === grant ? {} : { grant }),
      ...(session === 's1' ? {} : { session }),
      steps: writer.steps,
    };
  });
}

/**
 * Turns a trace into a scenario that makes the same calls at the same times: equal calls at equal gaps become one step.
 * The values of arguments stand in its steps. Bounded by the limits of a scenario. Never throws.
 */
export function convertTrace(run: TraceRun, name: string): Conversion {
  const converter = new Converter(run);
  const problem = converter.convert();
  if (problem !== null) return { kind: 'too-large', message: problem };
  const { agents: written, calls, losses } = converter;
  const start = new Date(traceTimes(run)[0] ?? run.choices.startMs).toISOString();
  const scenario: Scenario = { version: '1', name, start, agents: agentsOf(run, written) };
  const checked = checkScenario(scenario);
  if (!checked.ok) return { kind: 'too-large', message: checked.diagnostics[0]?.message ?? 'it fits no scenario' };
  const steps = written.reduce((sum, { writer }) => sum + writer.steps.length, 0);
  return { kind: 'converted', scenario: checked.scenario, calls, steps, losses };
}
