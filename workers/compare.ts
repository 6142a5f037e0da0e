import { comparePass, type Flip } from '../src/core/analysis/compare-runs.ts';
import { reportOf } from '../src/core/analysis/comparison-report.ts';
import type { WindowMode } from '../src/core/engine/decision.ts';
import type { ParseResult } from '../src/core/policy/reader.ts';
import { createScenarioCompiler } from '../src/core/scenario/compile.ts';
import type { CallPlan } from '../src/core/simulator/columns.ts';
import { explainCall } from '../src/core/simulator/explain.ts';
import type { Explanation } from '../src/core/simulator/explanation.ts';
import { replay } from '../src/core/simulator/replay.ts';
import type { Run } from '../src/core/simulator/run.ts';
import { answersOf } from '../src/core/simulator/server-status.ts';
import { createSimulation } from '../src/core/simulator/simulate.ts';
import { AgentStates } from '../src/core/upstream/agent-states.ts';
import { rosterOf } from '../src/core/upstream/roster.ts';
import { createServer } from '../src/core/upstream/server.ts';
import type { CompareInput, CompareResult, GoOn, PolicySource } from './engine-api.ts';
import { Abandoned, Slices, STRIDE } from './slices.ts';
import { WorldQuestions } from './world-questions.ts';

/** Differences that are explained. */
const MOST_TOLD = 50;
/** Calls up to which runs of agents that react are matched: every call is looked up by what it is. */
const MOST_MATCHED = 500_000;
const ASK_EVERY_MS = 50;

type Parsed = ParseResult & { readonly policy: NonNullable<ParseResult['policy']> };
type Side = 'before' | 'after';

/**
 * Decides the calls of one plan twice and says what differs. `goOn` is asked now and then; false stops it. Nothing is
 * kept, and the held run is not touched.
 */
export async function compareRuns(
  input: CompareInput,
  parse: (source: PolicySource) => Promise<ParseResult>,
  goOn: GoOn,
): Promise<CompareResult> {
  try {
    const before = await parse(input.before.policy);
    const after = await parse(input.after.policy);
    if (!isSound(before)) return { kind: 'policy-invalid', side: 'before', diagnostics: before.diagnostics };
    if (!isSound(after)) return { kind: 'policy-invalid', side: 'after', diagnostics: after.diagnostics };
    return await new Comparer(input, { before, after }, goOn).compare();
  } catch (error) {
    if (error instanceof Abandoned) return { kind: 'cancelled' };
    throw error;
  }
}

function isSound(parsed: ParseResult): parsed is Parsed {
  return parsed.policy !== null;
}

class Comparer {
  readonly #input: CompareInput;
  readonly #parsed: Readonly<Record<Side, Parsed>>;
  readonly #goOn: GoOn;
  #stopped = false;
  #askedMs = -Infinity;
  readonly #slices = new Slices(() => !this.#stopped);

  constructor(input: CompareInput, parsed: Readonly<Record<Side, Parsed>>, goOn: GoOn) {
    this.#input = input;
    this.#parsed = parsed;
    this.#goOn = goOn;
  }

  async compare(): Promise<CompareResult> {
    const startMs = performance.now();
    const plan = await this.#plan();
    if (plan === null) return { kind: 'scenario-invalid' };
    const before = await this.#simulate('before', plan, 0);
    const after = await this.#simulate('after', plan, before.columns.count);
    const most = Math.max(before.columns.count, after.columns.count);
    const reacted = before.columns.args !== after.columns.args || before.columns.count !== after.columns.count;
    if (reacted && most > MOST_MATCHED) return { kind: 'too-many', calls: most, most: MOST_MATCHED };
    const pass = comparePass(before, after);
    await this.#slices.run([pass], 0, most);
    const comparison = pass.finish();
    const flips = comparison.first.slice(0, MOST_TOLD);
    const told = {
      before: await this.#explain('before', before, flips),
      after: await this.#explain('after', after, flips),
    };
    const explain = (side: Side, call: number): Explanation | null => told[side].get(call) ?? null;
    const report = reportOf(comparison, { before, after }, flips, explain);
    return { kind: 'done', report, tookMs: performance.now() - startMs };
  }

  async #plan(): Promise<CallPlan | null> {
    const { scenario, trace } = this.#input;
    const created = trace ? (await import('./trace-calls.ts')).traceCalls(trace) : createScenarioCompiler(scenario);
    if (!created.ok) return null;
    const { compiler } = created;
    while (!compiler.advance(STRIDE)) await this.#pause(0, 2 * compiler.planned);
    return compiler.finish();
  }

  async #simulate(side: Side, plan: CallPlan, done: number): Promise<Run> {
    const { scenario, noPolicy } = this.#input;
    const windows: WindowMode = this.#input[side].windows;
    const answer = answersOf(plan.table, new AgentStates(rosterOf(scenario.world)));
    const simulation = createSimulation(this.#parsed[side].policy, plan, { windows, noPolicy: noPolicy ?? [], answer });
    while (!simulation.advance(STRIDE)) {
      const decided = done + simulation.decided;
      await this.#pause(decided, Math.max(2 * plan.calls.count, decided));
    }
    return simulation.finish(false);
  }

  /** Everything about the calls of one side that differ, by their number. */
  async #explain(side: Side, run: Run, flips: readonly Flip[]): Promise<ReadonlyMap<number, Explanation>> {
    const locate = (pointer: string) => this.#parsed[side].locate(pointer);
    const calls = flips.map((flip) => flip[side]).filter((call) => call !== -1);
    const worlds = new WorldQuestions(run, this.#input.scenario, () => this.#slices);
    const again = replay(run, 0);
    const told = new Map<number, Explanation>();
    // INVARIANT: a replay only goes forward, and calls that were matched need not be in order.
    for (const call of calls.sort((a, b) => a - b)) {
      await this.#slices.replay(again, call);
      const explanation = await worlds.ask(call, ({ world }) =>
        explainCall(run, call, again, { server: createServer(world), locate }),
      );
      told.set(call, explanation);
    }
    return told;
  }

  async #pause(done: number, total: number): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#askedMs >= ASK_EVERY_MS) {
      this.#askedMs = nowMs;
      void this.#ask(done, total);
    }
    await this.#slices.pause();
  }

  async #ask(done: number, total: number): Promise<void> {
    try {
      if (!(await this.#goOn(done, total))) this.#stopped = true;
    } catch {
      // why: a page that cannot be asked any more waits for nothing.
      this.#stopped = true;
    }
  }
}
