import { describe, expect, test } from 'vitest';
import { coverage, coveringScenario, type CoverageCell } from '../../../src/core/analysis/coverage.ts';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import { readPolicy } from '../simulator/arrange.ts';

const START = '2026-01-01T00:00:00.000Z';
const condition = (path: string, op: string, value: unknown): object => ({ path: `args.${path}`, op, value });
const POLICY = readPolicy({
  version: '1',
  default: 'deny',
  hide: ['activate_kill_switch'],
  tools: {
    issue_audit_ticket: {
      require: [{ conditions: [condition('validitySeconds', 'exists', true)] }],
      deny_if: [{ conditions: [condition('validitySeconds', 'gt', 900)] }],
      limits: [{ counter: 'tickets', window: 'minute', max: 5 }],
    },
    create_escrow: {
      require: [{ conditions: [condition('amount', 'lte', 100)] }],
      limits: [{ counter: 'spent', window: 'day', max: 250, increment_from: 'args.amount' }],
    },
    register_agent: { action: 'require_approval', reason: 'A person looks at it.' },
    query_agents: { action: 'deny' },
  },
});

function cellsOf(policy: Policy, scenario: Scenario): CoverageCell[] {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) throw new Error('the scenario has errors');
  const simulation = createSimulation(policy, compiled.plan, { windows: 'calendar', answer: () => 1 });
  simulation.advance(Infinity);
  const run = simulation.finish(false);
  return coverage(policy, TOOL_NAMES, run, complete(tallyPass(run), run.columns.count));
}

const EMPTY: Scenario = { version: '1', start: START, agents: [] };

describe('coverage', () => {
  test('names every way a call can come out, and how often it did', () => {
    const cells = cellsOf(POLICY, {
      ...EMPTY,
      agents: [{ name: 'a', steps: [{ call: 'issue_audit_ticket', args: { validitySeconds: 60 }, times: 7 }] }],
    });
    const own = cells.filter(({ tool }) => tool === 'issue_audit_ticket').map(({ kind, calls }) => [kind, calls]);
    expect(own).toEqual([
      ['rule', 0],
      ['rule', 0],
      ['limit', 2],
      ['allowed', 5],
    ]);
    expect(cells.filter(({ tool }) => tool === 'activate_kill_switch').map(({ rule }) => rule)).toEqual(['(hidden)']);
    expect(cells.filter(({ tool }) => tool === 'guard_tool').map(({ rule }) => rule)).toEqual(['(default deny)']);
    expect(new Set(cells.map(({ tool }) => tool))).toEqual(new Set(TOOL_NAMES));
  });

  test('a scenario made for what is missing reaches it', () => {
    const missing = cellsOf(POLICY, EMPTY);
    expect(missing.every(({ calls }) => calls === 0)).toBe(true);
    const { scenario, left } = coveringScenario(POLICY, missing, START);
    // No call of a tool that a rule without conditions denies is ever allowed.
    expect(left.map(({ tool, kind }) => [tool, kind])).toEqual([['query_agents', 'allowed']]);
    const still = cellsOf(POLICY, scenario).filter(({ calls }) => calls === 0);
    expect(still.map(({ tool, kind }) => [tool, kind])).toEqual([['query_agents', 'allowed']]);
  });
});
