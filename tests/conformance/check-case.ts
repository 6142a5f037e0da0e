import type { Decision } from '../../src/core/engine/decision.ts';
import { compileCondition } from '../../src/core/engine/operators.ts';
import type { Dialect } from '../../src/core/policy/model.ts';
import { compareCodePoints } from '../../src/core/engine/value-text.ts';
import { replay } from '../../src/core/simulator/replay.ts';
import { OUTCOME_OF_CODE } from '../../src/core/simulator/run.ts';
import { createSimulation } from '../../src/core/simulator/simulate.ts';
import { verifyTicket } from '../../src/tickets/verify.ts';
import { planOf } from './call-plan.ts';
import type { ConformanceCase, DecideCase, OperatorCase, TicketCase, ValidateCase } from './cases.ts';
import { condition } from './condition.ts';
import { exactValue } from './exact-value.ts';
import { readPolicy } from './read-policy.ts';

/** Where a case and the product differ first. `call` is the index of the call, for `decide`. */
export interface Disagreement {
  readonly call?: number;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Runs one case; null when the product agrees. Fields that `expect` does not hold are not compared. */
export async function checkCase(conformanceCase: ConformanceCase): Promise<Disagreement | null> {
  switch (conformanceCase.kind) {
    case 'decide':
      return checkDecide(conformanceCase);
    case 'validate':
      return checkValidate(conformanceCase);
    case 'operator':
      return checkOperator(conformanceCase);
    case 'ticket':
      return checkTicket(conformanceCase);
  }
}

function checkDecide(decideCase: DecideCase): Disagreement | null {
  const reading = readPolicy(decideCase.dialect, decideCase.policy);
  if (!('policy' in reading)) return { expected: 'a policy that loads', got: reading };
  const { plan, order } = planOf(decideCase);
  const { windows, noPolicy } = decideCase;
  const simulation = createSimulation(reading.policy, plan, { windows, noPolicy, answer: () => 1 });
  simulation.advance(decideCase.calls.length);
  const run = simulation.finish(false);
  const again = replay(run, 0);
  const decisions: Decision[] = [];
  for (const [call, given] of order.entries()) {
    const decision = again.decide(call);
    const simulated = {
      outcome: OUTCOME_OF_CODE[run.columns.outcome[call]!],
      rule: run.deciders[run.columns.decider[call]!]?.rule,
    };
    const replayed = { outcome: decision.outcome, rule: decision.rule };
    if (!isEqual(simulated, replayed)) return { call: given, expected: { simulated }, got: { replayed } };
    decisions[given] = decision;
  }
  return firstDifference(decideCase, decisions);
}

function firstDifference({ calls, expect }: DecideCase, decisions: readonly Decision[]): Disagreement | null {
  if (expect.decisions.length !== calls.length) {
    return { expected: `${expect.decisions.length} decisions`, got: `${calls.length} calls` };
  }
  for (const [call, expected] of expect.decisions.entries()) {
    const { counters: _counters, ...got } = decisions[call]!;
    const agrees = Object.entries(expected).every(([field, value]) => isEqual(got[field as keyof typeof got], value));
    if (!agrees) return { call, expected, got };
  }
  return null;
}

function checkValidate({ dialect, policy, expect }: ValidateCase): Disagreement | null {
  const reading = readPolicy(dialect, policy);
  const valid = 'policy' in reading;
  const at = valid ? [] : [...new Set(reading.errorsAt)].sort(compareCodePoints);
  const got = expect.at ? { valid, at } : { valid };
  // why: which of two orders of Unicode sorted the expectation says nothing about a policy.
  const expectedAt = expect.at?.toSorted(compareCodePoints);
  return isEqual(got, expectedAt ? { valid: expect.valid, at: expectedAt } : { valid: expect.valid })
    ? null
    : { expected: expect, got: { valid, at } };
}

function checkOperator(operatorCase: OperatorCase): Disagreement | null {
  const { args, text, expect } = operatorCase;
  const { path, op, value } = operatorCase.condition;
  const dialects: Dialect[] = operatorCase.dialect ? [operatorCase.dialect] : ['policylayer', 'intercept'];
  for (const dialect of dialects) {
    const operand = dialect === 'intercept' ? exactValue(text, ['condition', 'value']) : undefined;
    const holds = compileCondition(condition(path, op, value, operand), dialect)(args);
    if (holds !== expect.holds) return { expected: expect, got: { dialect, holds } };
  }
  return null;
}

async function checkTicket(ticketCase: TicketCase): Promise<Disagreement | null> {
  const { token, key, algorithm, issuer, nowSeconds, transaction, expect } = ticketCase;
  const question = { token, key, algorithm, issuer, nowSeconds };
  const verification = await verifyTicket(transaction ? { ...question, transaction } : question);
  const got = verification.valid ? { valid: true } : { valid: false, errorCode: verification.errorCode };
  const agrees = got.valid === expect.valid && (expect.errorCode === undefined || expect.errorCode === got.errorCode);
  return agrees ? null : { expected: expect, got };
}

/** Equal as JSON text; null and absent are equal. */
function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}
