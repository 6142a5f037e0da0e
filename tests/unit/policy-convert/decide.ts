import { planOf } from '../../conformance/call-plan.ts';
import type { DecideCase } from '../../conformance/cases.ts';
import type { Decision } from '../../../src/core/engine/decision.ts';
import type { Dialect, Policy } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';

export type Call = DecideCase['calls'][number];

/** The policy of a text that must have no errors. */
export function policyOf(text: string, dialect: Dialect): Policy {
  const options = { dialect, compilePattern, readers: { intercept: readIntercept } };
  const { policy, diagnostics } = parsePolicy(text, options);
  if (policy === null) throw new Error(`${JSON.stringify(diagnostics)}\n${text}`);
  return policy;
}

export function otherDialect(dialect: Dialect): Dialect {
  return dialect === 'intercept' ? 'policylayer' : 'intercept';
}

/** What the simulator decides, in the order of decision. */
export function decide(policy: Policy, calls: readonly Call[]): readonly Decision[] {
  const approvals = { mode: 'ignore', afterMs: 0 } as const;
  const { plan } = planOf({
    id: '',
    kind: 'decide',
    dialect: policy.dialect,
    policy: '',
    windows: 'calendar',
    approvals,
    noPolicy: [],
    calls: [...calls],
    expect: { decisions: [] },
  });
  const simulation = createSimulation(policy, plan, { windows: 'calendar', noPolicy: [], answer: () => 1 });
  simulation.advance(calls.length);
  const again = replay(simulation.finish(false), 0);
  return calls.map((_, call) => again.decide(call));
}
