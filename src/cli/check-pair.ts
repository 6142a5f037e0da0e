import type { Diagnostic } from '../core/diagnostic.ts';
import type { WindowMode } from '../core/engine/decision.ts';
import type { Policy } from '../core/policy/model.ts';
import { parsePolicy } from '../core/policy/parse.ts';
import { compilePattern } from '../core/policy/pattern.ts';
import { readIntercept } from '../core/policy/read-intercept.ts';
import { checkScenario } from '../core/scenario/check.ts';
import { compileScenario } from '../core/scenario/compile.ts';
import { type Contradiction, findContradictions } from '../core/scenario/contradiction.ts';
import { describeAssertion } from '../core/scenario/describe-assertion.ts';
import type { Assertion, Scenario } from '../core/scenario/model.ts';
import { assertionPass, type AssertionResult } from '../core/simulator/assertions.ts';
import { digestPass } from '../core/simulator/digest.ts';
import { complete } from '../core/simulator/pass.ts';
import { OUTCOME_OF_CODE, type Run } from '../core/simulator/run.ts';
import { answersOf } from '../core/simulator/server-status.ts';
import { createSimulation } from '../core/simulator/simulate.ts';
import { AgentStates } from '../core/upstream/agent-states.ts';
import { rosterOf } from '../core/upstream/roster.ts';

/** One assertion and what it came to. */
export interface CheckedTest extends AssertionResult {
  readonly assertion: Assertion;
  /** The assertion as a sentence. */
  readonly test: string;
  /** The call that breaks it, in words; null when there is none to blame. */
  readonly breaking: string | null;
}

/** A scenario run under a policy. Calls to hidden tools count as denied, as the decision says. */
export interface CheckedRun {
  readonly kind: 'checked';
  readonly calls: number;
  readonly allowed: number;
  readonly denied: number;
  readonly approvals: number;
  readonly digest: string;
  /** True when the run was cut off at its largest size. */
  readonly partial: boolean;
  readonly tests: readonly CheckedTest[];
  readonly contradictions: readonly Contradiction[];
}

/** Input that nothing can be checked with; each line says what is wrong, and where. */
export interface Unusable {
  readonly kind: 'unusable';
  readonly problems: readonly string[];
}

/** The texts of a pair, and the names to use for them in messages. */
export interface PairTexts {
  readonly policyName: string;
  readonly policyText: string;
  readonly scenarioName: string;
  readonly scenarioText: string;
}

const PIECE = 65_536;

/** Runs a scenario under a policy and looks at its assertions. Never throws on what a person wrote. */
export function checkPair(texts: PairTexts, windows: WindowMode): CheckedRun | Unusable {
  const readers = { intercept: readIntercept };
  const parsed = parsePolicy(texts.policyText, { dialect: 'auto', compilePattern, readers });
  const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error');
  const scenario = readScenario(texts.scenarioText);
  // why: Intercept's engine counts calendar windows and nothing else.
  const counted = parsed.dialect === 'intercept' ? 'calendar' : windows;
  if (parsed.policy !== null && scenario.ok) return check(parsed.policy, scenario.scenario, counted);
  const inPolicy = errors.map((error) => `${placeOf(texts.policyName, texts.policyText, error)} ${error.message}`);
  const inScenario = scenario.ok ? [] : scenario.problems.map((words) => `${texts.scenarioName}: ${words}`);
  return { kind: 'unusable', problems: [...inPolicy, ...inScenario] };
}

function placeOf(name: string, text: string, { range }: Diagnostic): string {
  const before = text.slice(0, range.start).split('\n');
  return `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}:`;
}

type ScenarioReading =
  { readonly ok: true; readonly scenario: Scenario } | { readonly ok: false; readonly problems: readonly string[] };

function readScenario(text: string): ScenarioReading {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { ok: false, problems: [`this is not JSON; correct it (${error instanceof Error ? error.message : ''})`] };
  }
  const checked = checkScenario(value);
  if (checked.ok) return { ok: true, scenario: checked.scenario };
  return {
    ok: false,
    problems: checked.diagnostics.map(({ pointer, message }) => (pointer === '' ? message : `${pointer} ${message}`)),
  };
}

function check(policy: Policy, scenario: Scenario, windows: WindowMode): CheckedRun | Unusable {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) return { kind: 'unusable', problems: ['the scenario cannot be made into calls; check its steps'] };
  const { plan } = compiled;
  const answer = answersOf(plan.table, new AgentStates(rosterOf(scenario.world)));
  const simulation = createSimulation(policy, plan, { windows, answer });
  while (!simulation.advance(PIECE)) continue;
  const run = simulation.finish(false);
  const { count } = run.columns;
  const expect = scenario.expect ?? [];
  return {
    kind: 'checked',
    calls: count,
    ...outcomesOf(run),
    digest: complete(digestPass(run), count),
    partial: run.partial,
    tests: expect.map((assertion) => testOf(run, assertion)),
    contradictions: findContradictions(expect),
  };
}

function outcomesOf({ columns }: Run): Pick<CheckedRun, 'allowed' | 'denied' | 'approvals'> {
  const counts = { allow: 0, deny: 0, approval: 0 };
  for (const code of columns.outcome.subarray(0, columns.count)) counts[OUTCOME_OF_CODE[code] ?? 'deny']++;
  return { allowed: counts.allow, denied: counts.deny, approvals: counts.approval };
}

function testOf(run: Run, assertion: Assertion): CheckedTest {
  const result = complete(assertionPass(run, assertion), run.columns.count);
  const breaking = result.call === null ? null : describeCall(run, result.call);
  return { assertion, test: describeAssertion(assertion), ...result, breaking };
}

const DID = { allow: 'was allowed', deny: 'was denied', approval: 'was held for approval' } as const;

/** `call 61 at 2026-01-02T00:00:00.000Z, issue_audit_ticket from planner, was allowed`. */
function describeCall({ columns, table, deciders }: Run, call: number): string {
  const { tool, caller, outcome, decider, atMs } = columns;
  const what = table.tools[tool[call] ?? 0] ?? '';
  const who = table.callers[caller[call] ?? 0]?.grant ?? '';
  const rule = deciders[decider[call] ?? 0]?.rule ?? '';
  const when = new Date(atMs[call] ?? 0).toISOString();
  const did = DID[OUTCOME_OF_CODE[outcome[call] ?? 0] ?? 'deny'];
  return `call ${call + 1} at ${when}, ${what} from ${who}, ${did}${rule === '' ? '' : ` by ${rule}`}`;
}
