import { coverage, coveringScenario } from '../../src/core/analysis/coverage.ts';
import { findDeadWeight } from '../../src/core/analysis/dead-weight.ts';
import { findEvasions } from '../../src/core/analysis/evasion.ts';
import { findSloppiness } from '../../src/core/analysis/sloppiness.ts';
import { isExact, worstCase } from '../../src/core/analysis/worst-case.ts';
import { TOOL_NAMES } from '../../src/core/catalogue/tools.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import type { AnalysisAnswer, AnalysisRequest } from '../analysis-api.ts';
import type { RunRecord } from '../held-run.ts';
import type { Policies } from '../policies.ts';
import { Abandoned, Slices } from '../slices.ts';
import { finish } from './finish.ts';

/** Finds of one kind that are sent to the page. */
const MOST_SENT = 200;

type Of<Kind extends AnalysisRequest['kind']> = Extract<AnalysisRequest, { kind: Kind }>;

/** The newest request of each kind, by the engine it was made of. */
const turns = new WeakMap<Policies, Map<AnalysisRequest['kind'], symbol>>();

/**
 * Works out what the page asks about a policy or about the run that `held` gives, in slices. `gone` when a newer
 * request of its kind came, or the run is not held any more.
 */
export async function analyse(
  request: AnalysisRequest,
  policies: Policies,
  held: () => RunRecord | null,
): Promise<AnalysisAnswer> {
  const newest = turns.get(policies) ?? new Map<AnalysisRequest['kind'], symbol>();
  turns.set(policies, newest);
  const turn = Symbol();
  newest.set(request.kind === 'stop' ? request.of : request.kind, turn);
  if (request.kind === 'stop') return { kind: 'gone' };
  try {
    return await answer(request, policies, held, new Slices(() => newest.get(request.kind) === turn));
  } catch (error) {
    if (error instanceof Abandoned) return { kind: 'gone' };
    throw error;
  }
}

async function answer(
  request: Exclude<AnalysisRequest, { kind: 'stop' }>,
  policies: Policies,
  held: () => RunRecord | null,
  slices: Slices,
): Promise<AnalysisAnswer> {
  if (
    request.kind === 'coverage' ||
    request.kind === 'covering' ||
    request.kind === 'moment' ||
    request.kind === 'moment-summary'
  ) {
    const record = held();
    if (record?.runId !== request.runId) return { kind: 'gone' };
    if (request.kind === 'moment') return (await import('./moment.ts')).momentOf(record, request.question, slices);
    if (request.kind === 'moment-summary')
      return (await import('./moment-summary.ts')).summaryAt(record, request, slices);
    return request.kind === 'coverage' ? cellsOf(record) : covering(request, record, slices);
  }
  const source = request.kind === 'windows' ? request.input.policy : request.policy;
  const { policy } = await policies.parse(source);
  if (policy === null) return { kind: 'policy-invalid' };
  switch (request.kind) {
    case 'worst-case':
      return worstCaseOf(request, policy, slices);
    case 'worst-scenario':
      return (await import('./worst-scenario.ts')).scenarioOf(request, policy, slices);
    case 'evasions':
      return waysAround(request, policy, held(), slices);
    case 'dead-weight':
      return { kind: 'dead-weight', found: await finish(findDeadWeight(policy), slices) };
    case 'windows':
      return (await import('./compare-windows.ts')).compareWindows(request.input, policy, slices);
    case 'limit':
      return (await import('./advise.ts')).advise(request, policy, slices);
  }
}

function cellsOf({ run, tally }: RunRecord): AnalysisAnswer {
  return { kind: 'coverage', cells: coverage(run.policy, TOOL_NAMES, run, tally) };
}

async function covering({ cells }: Of<'covering'>, record: RunRecord, slices: Slices): Promise<AnalysisAnswer> {
  const { run, scenario } = record;
  const made = await finish(coveringScenario(run.policy, cells, scenario.start), slices);
  return { kind: 'covering', ...made };
}

async function worstCaseOf({ callers }: Of<'worst-case'>, policy: Policy, slices: Slices): Promise<AnalysisAnswer> {
  const worst = await finish(worstCase(policy, TOOL_NAMES, callers), slices);
  const exact = worst.tools.filter(({ caps }) => isExact(caps)).map(({ caps }) => caps.tool);
  return { kind: 'worst-case', worst, exact };
}

async function waysAround(
  { runId }: Of<'evasions'>,
  policy: Policy,
  record: RunRecord | null,
  slices: Slices,
): Promise<AnalysisAnswer> {
  const [{ compilePattern }, { sampleCalls }] = await Promise.all([
    import('../../src/core/policy/pattern.ts'),
    import('./sample-calls.ts'),
  ]);
  const isHeld = record !== null && record.runId === runId;
  const calls = isHeld ? await sampleCalls(record.run, policy, slices) : { denied: [], allowed: [] };
  const evasions = await finish(findEvasions(policy, calls, compilePattern), slices);
  const sloppiness = await finish(findSloppiness(policy, calls), slices);
  return {
    kind: 'evasions',
    evasions: evasions.slice(0, MOST_SENT),
    sloppiness: sloppiness.slice(0, MOST_SENT),
    found: { evasions: evasions.length, sloppiness: sloppiness.length },
    calls: calls.denied.length + calls.allowed.length,
  };
}
