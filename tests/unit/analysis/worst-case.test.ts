import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Callers } from '../../../src/core/analysis/tool-caps.ts';
import { BOUNDARY_MS, SPANS, type SpanName, type WorstCase, worstCase } from '../../../src/core/analysis/worst-case.ts';
import { worstScenario, type WorstQuestion } from '../../../src/core/analysis/worst-scenario.ts';
import { OUTCOME_CODE } from '../../../src/core/simulator/columns.ts';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { readPolicy } from '../simulator/arrange.ts';
import { exhaust, type OracleCap, type OracleTool } from './oracle.ts';
import { drain } from '../drain.ts';

const TICKET = 'issue_audit_ticket';
const ESCROW = 'create_escrow';
const TOOLS = [TICKET, ESCROW];
const MINUTES = { minute: 1, hour: 60, day: 1440 } as const;

interface LimitText {
  readonly window: SpanName;
  readonly max: number;
  readonly from?: boolean;
}

function limitsOf(limits: readonly LimitText[]): object[] {
  return limits.map(({ window, max, from }, index) => ({
    counter: `c${index}`,
    window,
    max,
    ...(from ? { increment_from: 'args.amount' } : {}),
  }));
}

function policyOf(tools: Record<string, object>, everyTool: readonly LimitText[] = []): Policy {
  const all = everyTool.length === 0 ? {} : { all_tools: { limits: limitsOf(everyTool) } };
  return readPolicy({ version: '1', default: 'deny', ...all, tools });
}

function worstOf(policy: Policy, callers: Callers): WorstCase {
  return drain(worstCase(policy, TOOLS, callers));
}

function callsOf(policy: Policy, span: SpanName, tool = TICKET): readonly number[] {
  const { calls } = worstOf(policy, 'grant').tools.find(({ caps }) => caps.tool === tool)?.spans[span] ?? {
    calls: { calendar: -1, sliding: -1 },
  };
  return [calls.calendar, calls.sliding];
}

/** Calls allowed of a scenario, and the sum of their amounts. */
function passes(policy: Policy, scenario: Scenario): { calls: number; denied: number; value: number } {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) throw new Error('the scenario has errors');
  const simulation = createSimulation(policy, compiled.plan, { windows: 'calendar', answer: () => 1 });
  simulation.advance(Infinity);
  const { columns, table } = simulation.finish(false);
  const totals = { calls: 0, denied: 0, value: 0 };
  for (const [call, outcome] of columns.outcome.entries()) {
    if (outcome !== OUTCOME_CODE.allow) totals.denied++;
    else {
      totals.calls++;
      const { amount } = table.argsAt(columns.args[call] ?? 0);
      totals.value += typeof amount === 'number' ? amount : 0;
    }
  }
  return totals;
}

describe('calls of one tool', () => {
  const seed = policyOf({ [TICKET]: { limits: limitsOf([{ window: 'minute', max: 30 }]) } });

  test.each([
    ['minute', [30, 60]],
    ['hour', [1800, 1830]],
    ['day', [43_200, 43_230]],
  ] as const)('with 30 a minute, in a %s', (span, most) => {
    expect(callsOf(seed, span)).toEqual(most);
  });

  test('twice the hour’s max pass around its end, also where minutes are bounded', () => {
    const policy = policyOf({
      [TICKET]: {
        limits: limitsOf([
          { window: 'minute', max: 5 },
          { window: 'hour', max: 100 },
        ]),
      },
    });
    expect(callsOf(policy, 'hour')).toEqual([100, 200]);
  });

  test('nothing bounds a tool without a limit, or with limits each session has for itself', () => {
    const session = { limits: [{ counter: 'c', window: 'day', max: 1, scope: 'session' }] };
    expect(callsOf(policyOf({ [TICKET]: {} }), 'minute')).toEqual([Infinity, Infinity]);
    expect(callsOf(policyOf({ [TICKET]: session }), 'minute')).toEqual([Infinity, Infinity]);
    expect(worstOf(policyOf({ [TICKET]: session }), 'session').tools[0]?.spans.day.calls.sliding).toBe(2);
  });

  test.each([
    ['denied by default', {}, 'denied'],
    ['denied by a rule without conditions', { [TICKET]: { deny_if: [{ conditions: [] }] } }, 'denied'],
    [
      'denied by rules that contradict each other',
      {
        [TICKET]: {
          require: [
            { conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 10 }] },
            { conditions: [{ path: 'args.validitySeconds', op: 'lt', value: 5 }] },
          ],
        },
      },
      'denied',
    ],
    ['waiting for a person', { [TICKET]: { action: 'require_approval' } }, 'approval'],
    [
      'let through at one value only',
      { [TICKET]: { require: [{ conditions: [{ path: 'args.agentId', op: 'eq', value: 'agent-3' }] }] } },
      'open',
    ],
  ] as const)('%s', (_, tools, status) => {
    expect(worstOf(policyOf(tools), 'grant').tools[0]?.caps.status).toBe(status);
  });

  test('a window of an odd length is looked at where it starts latest', () => {
    const policy = policyOf({ [TICKET]: { rate_limit: { max: 7, window: 90 } } });
    const { calls } = worstOf(policy, 'session').tools[0]?.spans.minute ?? {};
    // A calendar minute can hold the end of one window and the start of the next; so can any minute.
    expect([calls?.calendar, calls?.sliding]).toEqual([14, 14]);
  });
});

describe('what calls spend', () => {
  const cap = (tool: object): readonly [number, number] => {
    const { value } = worstOf(policyOf({ [ESCROW]: tool }), 'grant').tools[1]?.spans.hour ?? {};
    return [value?.calendar ?? -1, value?.sliding ?? -1];
  };
  const atMost = (value: number): object => ({ conditions: [{ path: 'args.amount', op: 'lte', value }] });

  test('is bounded by the spend limit alone', () => {
    expect(cap({ limits: limitsOf([{ window: 'hour', max: 500, from: true }]) })).toEqual([500, 1000]);
  });

  test('is bounded by calls times the most one call may spend, where that is less', () => {
    const limits = limitsOf([
      { window: 'hour', max: 500, from: true },
      { window: 'hour', max: 3 },
    ]);
    expect(cap({ require: [atMost(100)], limits })).toEqual([300, 600]);
  });

  test('comes to the last cent before a bound that is left out', () => {
    const deny = { conditions: [{ path: 'args.amount', op: 'gte', value: 100 }] };
    const limits = limitsOf([
      { window: 'hour', max: 1e9, from: true },
      { window: 'hour', max: 1 },
    ]);
    expect(cap({ deny_if: [deny], limits })[0]).toBe(99.99999999999999);
  });
});

const capArb = fc
  .record({
    minute: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    hour: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    day: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
  })
  // why: something has to bound it, or there is nothing to search.
  .filter(({ minute, hour, day }) => [minute, hour, day].some((max) => max !== undefined));

type Caps = { readonly [W in SpanName]?: number | undefined };

function textsOf(caps: Caps, from = false): LimitText[] {
  return (['minute', 'hour', 'day'] as const).flatMap((window) => {
    const max = caps[window];
    return max === undefined ? [] : [{ window, max, from }];
  });
}

function oracleCaps(limits: readonly LimitText[]): OracleCap[] {
  return limits.map(({ window, max, from }) => ({
    minutes: MINUTES[window],
    calls: from ? Infinity : max,
    value: from ? max : Infinity,
  }));
}

/** The most over every span of a length that starts in the hour before midnight, or from there on for the calendar's own. */
function searched(
  tools: readonly OracleTool[],
  shared: readonly OracleCap[],
  span: 'minute' | 'hour',
): [number, number] {
  const calendar = exhaust(tools, shared, 0, MINUTES[span]);
  let sliding = calendar;
  // A span that starts in the last millisecond of a minute touches that minute and as many as it is long.
  for (let from = -MINUTES[span]; from < 0; from++) {
    sliding = Math.max(sliding, exhaust(tools, shared, from, from + MINUTES[span] + 1));
  }
  return [calendar, sliding];
}

describe('against exhaustive search', () => {
  const spans = fc.constantFrom('minute' as const, 'hour' as const);

  test('calls of one tool', () => {
    fc.assert(
      fc.property(capArb, spans, (caps, span) => {
        const limits = textsOf(caps);
        const policy = policyOf({ [TICKET]: { limits: limitsOf(limits) } });
        expect(callsOf(policy, span)).toEqual(searched([{ caps: oracleCaps(limits), values: [1] }], [], span));
      }),
      { numRuns: 25 },
    );
  });

  test('what one tool spends', () => {
    fc.assert(
      fc.property(capArb, capArb, fc.integer({ min: 1, max: 3 }), spans, (calls, spent, most, span) => {
        const limits = [...textsOf(calls), ...textsOf(spent, true)];
        const policy = policyOf({
          [ESCROW]: {
            require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: most }] }],
            limits: limitsOf(limits),
          },
        });
        const { value } = worstOf(policy, 'grant').tools[1]?.spans[span] ?? {};
        const values = Array.from({ length: most }, (_, index) => index + 1);
        expect([value?.calendar, value?.sliding]).toEqual(searched([{ caps: oracleCaps(limits), values }], [], span));
      }),
      { numRuns: 15 },
    );
  });

  test('calls of two tools under limits for all', () => {
    fc.assert(
      fc.property(capArb, capArb, capArb, (first, second, all) => {
        const [one, two, shared] = [textsOf(first), textsOf(second), textsOf(all)];
        const policy = policyOf({ [TICKET]: { limits: limitsOf(one) }, [ESCROW]: { limits: limitsOf(two) } }, shared);
        const tools = [one, two].map((limits) => ({ caps: oracleCaps(limits), values: [1] }));
        const { calls } = worstOf(policy, 'grant').together.hour;
        expect([calls.calendar, calls.sliding]).toEqual(searched(tools, oracleCaps(shared), 'hour'));
      }),
      { numRuns: 6 },
    );
  });
});

describe('the scenario of a number', () => {
  const questions = fc.record({
    span: fc.constantFrom('minute' as const, 'hour' as const, 'day' as const),
    of: fc.constantFrom('calls' as const, 'value' as const),
    sliding: fc.boolean(),
    grants: fc.integer({ min: 1, max: 3 }),
  });

  test('reaches it, and every call of it passes', () => {
    fc.assert(
      fc.property(capArb, capArb, fc.integer({ min: 1, max: 3 }), questions, (calls, spent, most, asked) => {
        const policy = policyOf({
          [ESCROW]: {
            require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: most }] }],
            limits: limitsOf([...textsOf(calls), ...textsOf(spent, true)]),
          },
        });
        const worst = worstOf(policy, 'grant');
        const question: WorstQuestion = { ...asked, tool: ESCROW };
        const bounds = worst.tools[1]?.spans[asked.span][asked.of];
        const expected = (asked.sliding ? bounds?.sliding : bounds?.calendar) ?? -1;
        const scenario = worstScenario(worst, policy, question);
        if (scenario === null) {
          expect(expected).toBe(0);
          return;
        }
        const got = passes(policy, scenario);
        expect(got.denied).toBe(0);
        expect(got[asked.of]).toBe(expected * asked.grants);
      }),
      { numRuns: 60 },
    );
  });

  test('of all tools together reaches it too', () => {
    fc.assert(
      fc.property(capArb, capArb, capArb, questions, (first, second, all, { span, sliding }) => {
        const policy = policyOf(
          { [TICKET]: { limits: limitsOf(textsOf(first)) }, [ESCROW]: { limits: limitsOf(textsOf(second)) } },
          textsOf(all),
        );
        const worst = worstOf(policy, 'grant');
        const scenario = worstScenario(worst, policy, { tool: null, span, of: 'calls', sliding, grants: 1 });
        const { calls } = worst.together[span];
        const expected = sliding ? calls.sliding : calls.calendar;
        expect(scenario === null ? 0 : passes(policy, scenario).calls).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('fits in its span', () => {
    const policy = policyOf({ [TICKET]: { limits: limitsOf([{ window: 'minute', max: 3 }]) } });
    const worst = worstOf(policy, 'grant');
    const scenario = worstScenario(worst, policy, {
      tool: TICKET,
      span: 'hour',
      of: 'calls',
      sliding: true,
      grants: 1,
    });
    const compiled = scenario && compileScenario(scenario);
    const times = compiled?.ok ? compiled.plan.calls.atMs : new Float64Array();
    expect(times[0]).toBe(BOUNDARY_MS - 1);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(SPANS.hour);
    expect(times).toHaveLength(183);
  });
});
