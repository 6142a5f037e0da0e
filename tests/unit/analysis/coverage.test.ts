import { describe, expect, test } from 'vitest';
import { coverage, coveringScenario, type CoverageCell } from '../../../src/core/analysis/coverage.ts';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import { readPolicy } from '../simulator/arrange.ts';
import { drain } from '../drain.ts';

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
    const { scenario, left } = drain(coveringScenario(POLICY, missing, START));
    // No call of a tool that a rule without conditions denies is ever allowed.
    expect(left.map(({ tool, kind }) => [tool, kind])).toEqual([['query_agents', 'allowed']]);
    const still = cellsOf(POLICY, scenario).filter(({ calls }) => calls === 0);
    expect(still.map(({ tool, kind }) => [tool, kind])).toEqual([['query_agents', 'allowed']]);
  });

  const limit = (counter: string, window: string, max: number, more: object = {}) => ({
    counter,
    window,
    max,
    ...more,
  });
  const twice = [limit('few', 'minute', 10), limit('day', 'day', 25)];
  test.each([
    ['a limit behind a tighter one of a shorter window', { tools: { get_agent_card: { limits: twice } } }],
    [
      'a limit on all tools behind those of each',
      {
        all_tools: { limits: [limit('all', 'minute', 40)] },
        tools: { issue_audit_ticket: { limits: twice }, get_agent_card: {}, register_agent: {} },
      },
    ],
    [
      'a limit on all tools that only several tools fill together',
      {
        all_tools: { limits: [limit('all', 'hour', 12)] },
        tools: {
          get_agent_card: { limits: [limit('cards', 'hour', 5)] },
          query_agents: { limits: [limit('queries', 'hour', 5)] },
          guard_input: { limits: [limit('guards', 'hour', 5)] },
        },
      },
    ],
    [
      'what is spent, behind an approval',
      {
        all_tools: { limits: [limit('all', 'minute', 4)] },
        tools: {
          create_escrow: {
            action: 'require_approval',
            limits: [limit('money', 'hour', 1000, { increment_from: 'args.amount' })],
          },
        },
      },
    ],
  ])('%s is filled', (_, rest) => {
    const policy = readPolicy({ version: '1', default: 'deny', ...rest });
    const missing = cellsOf(policy, EMPTY).filter(({ kind }) => kind !== 'default');
    const { scenario, left } = drain(coveringScenario(policy, missing, '2026-01-01T23:59:30.000Z'));
    expect(left).toEqual([]);
    const still = cellsOf(policy, scenario).filter(({ calls: seen, kind }) => seen === 0 && kind !== 'default');
    expect(still).toEqual([]);
  });

  test('a limit that cannot be filled in its window is left, not promised', () => {
    const limits = [limit('few', 'minute', 1), limit('hour', 'hour', 61)];
    const policy = readPolicy({ version: '1', default: 'deny', tools: { get_agent_card: { limits } } });
    const missing = cellsOf(policy, EMPTY).filter(({ kind }) => kind === 'limit');
    const { left } = drain(coveringScenario(policy, missing, START));
    expect(left.map(({ rule }) => rule)).toEqual(['/tools/get_agent_card/limits/hour']);
  });

  test('callers that share all counters fill limits one after the other', () => {
    const text = [
      'version: "1"',
      'tools:',
      '  "*":',
      '    rules: [{ name: all, rate_limit: 6/hour }]',
      '  get_agent_card:',
      '    rules: [{ name: cards, rate_limit: 4/minute }]',
      '  query_agents:',
      '    rules: [{ name: queries, rate_limit: 4/minute }]',
    ].join('\n');
    const { policy } = parsePolicy(text, {
      dialect: 'intercept',
      compilePattern,
      readers: { intercept: readIntercept },
    });
    if (policy === null) throw new Error('the policy has errors');
    const missing = cellsOf(policy, EMPTY).filter(({ kind, tool }) => kind === 'limit' && policy.tools.has(tool));
    const { scenario, left } = drain(coveringScenario(policy, missing, START));
    expect(left).toEqual([]);
    const cards = cellsOf(policy, EMPTY).filter(({ tool }) => tool === 'get_agent_card');
    expect(cards.map(({ kind, rule }) => `${kind} ${rule}`)).toEqual(['limit cards', 'limit all', 'allowed ']);
    const reached = cellsOf(policy, scenario).filter(({ kind, calls: seen }) => kind === 'limit' && seen > 0);
    expect(reached.length).toBeGreaterThanOrEqual(missing.length);
  });
});
