import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { compileScenario, createScenarioCompiler } from '../../../src/core/scenario/compile.ts';
import type { Scenario, Step } from '../../../src/core/scenario/model.ts';
import type { CallPlan } from '../../../src/core/simulator/columns.ts';
import { UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { scenarioOf } from './scenario-documents.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

function planOf(scenario: Scenario): CallPlan {
  const result = compileScenario(scenario);
  if (!result.ok) throw new Error('refused');
  return result.plan;
}

/** Ms from the start of the scenario to each call. */
function timesOf({ calls }: CallPlan): number[] {
  return [...calls.atMs].map((atMs) => atMs - START_MS);
}

function argsOf({ calls, table }: CallPlan): JsonObject[] {
  return [...calls.args].map((id) => table.argsAt(id));
}

const times = (...steps: Step[]): number[] => timesOf(planOf(scenarioOf(steps)));

describe('when calls come', () => {
  test('`over` spreads n calls, call i at floor(D i / n), and lasts D', () => {
    expect(times({ call: 'a', times: 3, over: '1s' }, { call: 'b' })).toEqual([0, 333, 666, 1000]);
  });

  test('`every` puts call i at D i and lasts D n', () => {
    expect(times({ call: 'a', times: 3, every: '40ms' }, { call: 'b' })).toEqual([0, 40, 80, 120]);
  });

  test('`ratePerMinute` puts call i at floor(60000 i / r)', () => {
    expect(times({ call: 'a', times: 3, ratePerMinute: 90 }, { call: 'b' })).toEqual([0, 666, 1333, 2000]);
  });

  test('without a pace all calls come at once and last nothing', () => {
    expect(times({ call: 'a', times: 3 }, { call: 'b' })).toEqual([0, 0, 0, 0]);
  });

  test('one call with `over` keeps its agent busy all the same', () => {
    expect(times({ call: 'a', over: '4s' }, { call: 'b' })).toEqual([0, 4000]);
  });

  test('`over` is exact where the product passes 2^53', () => {
    const atMs = planOf(scenarioOf([{ call: 'a', times: 9_999_999, over: '31d' }])).calls.atMs;
    const exact = (i: number): number => Number((2_678_400_000n * BigInt(i)) / 9_999_999n);
    for (const i of [1, 3_333_333, 9_876_543, 9_999_998]) expect(atMs[i]).toBe(START_MS + exact(i));
  });

  test('`wait` and `waitUntil` move the clock, and a time that is past does not', () => {
    expect(
      times(
        { wait: '10s' },
        { call: 'a' },
        { waitUntil: '2026-01-01T00:01:00Z' },
        { call: 'b' },
        { waitUntil: '2026-01-01T00:00:30Z' },
        { wait: '1s' },
        { call: 'c' },
      ),
    ).toEqual([10_000, 60_000, 61_000]);
  });

  test('`repeat` goes through its steps again, and waits for a time once', () => {
    const body: Step[] = [{ call: 'a' }, { waitUntil: '2026-01-01T00:00:05Z' }, { wait: '1s' }];
    expect(times({ repeat: 3, steps: body }, { call: 'b' })).toEqual([0, 6000, 7000, 8000]);
  });

  test('repeats without calls are only waited for', () => {
    const steps: Step[] = [
      { repeat: 1_000_000, steps: [{ repeat: 1000, steps: [] }, { wait: '1ms' }] },
      { repeat: 3, steps: [{ waitUntil: '2026-01-01T00:20:00Z' }, { wait: '1s' }] },
      { call: 'a' },
    ];
    expect(times(...steps)).toEqual([1_203_000]);
  });

  test('calls of all agents are merged by time, ties in the order of agents', () => {
    const agent = (name: string, every: string) => ({ name, steps: [{ call: name, times: 3, every }] });
    const plan = planOf(scenarioOf([], { agents: [agent('x', '20ms'), agent('y', '10ms'), agent('z', '20ms')] }));
    const order = [...plan.calls.tool].map((tool) => plan.table.tools[tool]).join('');
    expect(timesOf(plan)).toEqual([0, 0, 0, 10, 20, 20, 20, 40, 40]);
    expect(order).toBe('xyzyxyzxz');
  });

  test('the seed scenario is 100 and 20 tickets over 4 s, then 13 other calls at 5 s', () => {
    const { calls, table } = planOf(SEED_SCENARIO);
    const startMs = Date.parse(SEED_SCENARIO.start);
    const ofCaller = (caller: number): number[] =>
      [...calls.atMs].filter((_, k) => calls.caller[k] === caller).map((atMs) => atMs - startMs);
    expect(calls.count).toBe(133);
    expect(ofCaller(0)).toEqual([...Array.from({ length: 100 }, (_, i) => i * 40), ...Array<number>(13).fill(5000)]);
    expect(ofCaller(1)).toEqual(Array.from({ length: 20 }, (_, i) => i * 200));
    expect(table.callers).toEqual([
      { grant: 'planner', session: 's1' },
      { grant: 'settler', session: 's1' },
    ]);
    expect(table.tools).toHaveLength(14);
  });
});

describe('what calls hold', () => {
  const ticket = (args: JsonObject, rest: object = {}): Step => ({ call: 'issue_audit_ticket', args, ...rest });

  test('templates: text stays text, a template alone is its number', () => {
    const args = { a: 'agent-{{i % 2}}', b: '{{i * 10 + n}}', c: ['{{n}}', { d: '{{i}}!' }] };
    expect(argsOf(planOf(scenarioOf([{ call: 'x' }, ticket(args, { times: 3 })]))).slice(1)).toEqual([
      { a: 'agent-0', b: 1, c: [1, { d: '0!' }] },
      { a: 'agent-1', b: 12, c: [2, { d: '1!' }] },
      { a: 'agent-0', b: 23, c: [3, { d: '2!' }] },
    ]);
  });

  test('in a repeat `i` starts again, `n` and `$seq` go on', () => {
    const inner = ticket({ i: '{{i}}', n: '{{n}}', seq: { $seq: ['a', 'b', 'c'] } }, { times: 2 });
    const steps: Step[] = [{ repeat: 2, steps: [{ call: 'x' }, { repeat: 2, steps: [inner] }] }];
    const seen = argsOf(planOf(scenarioOf(steps))).filter((args) => 'n' in args);
    expect(seen.map(({ i }) => i)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(seen.map(({ n }) => n)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
    expect(seen.map(({ seq }) => seq).join('')).toBe('abcabcab');
  });

  test('`$pick` and `$int` take every value, and no other', () => {
    const args = { pick: { $pick: ['x', { deep: '{{i}}' }, null] }, int: { $int: [-2, 2] } };
    const seen = argsOf(planOf(scenarioOf([ticket(args, { times: 500 })])));
    const picked = new Set(seen.map(({ pick }, i) => JSON.stringify(pick).replace(`:${i}}`, ':i}')));
    expect([...picked].toSorted()).toEqual(['"x"', 'null', '{"deep":i}']);
    const ints = new Set(seen.map(({ int }) => Number(int)));
    expect([...ints].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  test('equal arguments share an id while there are few, and only then', () => {
    const idsOf = (args: JsonObject): number => planOf(scenarioOf([ticket(args, { times: 1000 })])).table.argsCount;
    expect(idsOf({ agentId: 'agent-1' })).toBe(1);
    expect(idsOf({ agentId: 'agent-{{i % 5}}', validitySeconds: { $pick: [60, 300, 3600] } })).toBe(15);
    expect(idsOf({ agentId: 'agent-{{i}}' })).toBe(1000);
    expect(idsOf({ amount: { $int: [1, 1_000_000] } })).toBe(1000);
  });

  test('keys such as `__proto__` stay own keys', () => {
    const args = JSON.parse('{"args":{"__proto__":"{{i}}","constructor":2}}') as JsonObject;
    const [built] = argsOf(planOf(scenarioOf([{ call: 'guard_tool', args }])));
    expect(JSON.stringify(built)).toBe('{"args":{"__proto__":0,"constructor":2}}');
  });

  test('ids outside the table are empty arguments', () => {
    const { table } = planOf(SEED_SCENARIO);
    expect(table.argsAt(table.argsCount)).toEqual({});
    expect(planOf(scenarioOf([])).table.argsAt(0)).toEqual({});
  });
});

describe('how the server is told to answer', () => {
  const columns = (upstream: object) => planOf(scenarioOf([{ call: 'a', times: 2000, args: {}, upstream }])).calls;

  test('the simulated server answers at once unless the step says otherwise', () => {
    const { upstream, latencyMs } = columns({});
    expect(new Set(upstream)).toEqual(new Set([UPSTREAM_CODE.auto]));
    expect(new Set(latencyMs)).toEqual(new Set([0]));
  });

  test('a share of calls fails, as many as the share says', () => {
    const failed = [...columns({ failures: 0.25 }).upstream].filter((code) => code === UPSTREAM_CODE.rpc_error);
    expect(failed.length).toBeGreaterThan(400);
    expect(failed.length).toBeLessThan(600);
    expect(new Set(columns({ failures: 1, kind: 'timeout' }).upstream)).toEqual(new Set([UPSTREAM_CODE.timeout]));
    expect(new Set(columns({ failures: 0, kind: 'tool_error' }).upstream)).toEqual(new Set([UPSTREAM_CODE.auto]));
  });

  test('latency is fixed, or from a range with both its ends', () => {
    expect(new Set(columns({ latency: '20ms' }).latencyMs)).toEqual(new Set([20]));
    expect([...new Set(columns({ latency: ['3ms', '5ms'] }).latencyMs)].toSorted()).toEqual([3, 4, 5]);
  });

  test('reactions and approvals are taken over, with their defaults', () => {
    const agents = [
      { name: 'a', steps: [] },
      { name: 'b', onDenied: 'stop' as const, steps: [] },
      { name: 'c', onDenied: { retry: { max: 5, delay: '1s' } }, steps: [] },
      { name: 'd', onDenied: { retry: { max: 1, delay: '2s', factor: 2, respectRetryAt: true } }, steps: [] },
      { name: 'e', grant: 'g', session: 's9', onApproval: { retryAfter: '30s' }, steps: [] },
    ];
    const plan = planOf(scenarioOf([], { agents, approvals: { mode: 'approve', after: '20s' } }));
    expect(plan.reactions).toEqual([
      null,
      { stopOnDenied: true, retry: null, approvalRetryAfterMs: null },
      {
        stopOnDenied: false,
        retry: { max: 5, delayMs: 1000, factor: 1, respectRetryAt: false },
        approvalRetryAfterMs: null,
      },
      {
        stopOnDenied: false,
        retry: { max: 1, delayMs: 2000, factor: 2, respectRetryAt: true },
        approvalRetryAfterMs: null,
      },
      { stopOnDenied: false, retry: null, approvalRetryAfterMs: 30_000 },
    ]);
    expect(plan.approvals).toEqual({ mode: 'approve', afterMs: 20_000 });
    expect(plan.table.callers[4]).toEqual({ grant: 'g', session: 's9' });
    expect(planOf(scenarioOf([])).approvals).toEqual({ mode: 'ignore', afterMs: 0 });
  });
});

const pace = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 0, max: 5000 }).map((ms) => ({ over: `${ms}ms` })),
  fc.integer({ min: 0, max: 300 }).map((ms) => ({ every: `${ms}ms` })),
  fc.integer({ min: 1, max: 50_000 }).map((rate) => ({ ratePerMinute: rate / 10 })),
);
const argument = fc.constantFrom<JsonObject>(
  {},
  { a: '{{i % 3}}' },
  { a: 'x{{n}}', b: { $pick: [1, '{{i}}', { c: '{{n % 2}}' }] } },
  { a: { $int: [-5, 1e6] }, b: { $seq: [1, 2, 3] } },
);
const callStep = fc
  .tuple(fc.constantFrom('t', 'u'), fc.integer({ min: 1, max: 9 }), pace, fc.constantFrom(0, 0.5, 1), argument)
  .map(([call, count, paced, jitter, args]): Step => ({
    call,
    times: count,
    ...paced,
    jitter,
    args,
    upstream: { failures: 0.3, latency: ['1ms', '9ms'] },
  }));
const waitStep = fc.integer({ min: 0, max: 5000 }).map((ms): Step => ({ wait: `${ms}ms` }));
const untilStep = fc
  .integer({ min: -60_000, max: 60_000 })
  .map((ms): Step => ({ waitUntil: new Date(START_MS + ms).toISOString() }));
const { step } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    callStep,
    waitStep,
    untilStep,
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.array(tie('step'), { maxLength: 3 }))
      .map(([repeat, steps]): Step => ({ repeat, steps })),
  ),
}));
const scenario = fc
  .tuple(fc.integer(), fc.array(fc.array(step, { maxLength: 5 }), { minLength: 1, maxLength: 4 }))
  .map(([seed, agents]): Scenario =>
    scenarioOf([], { seed, agents: agents.map((steps, index) => ({ name: `a${index}`, steps })) }),
  );

/** One call as it is plainly meant: a walk through the steps, an object a call, with no sharing and no short cuts. */
interface PlainCall {
  readonly tool: string;
  readonly earliestMs: number;
  readonly latestMs: number;
}

function plainCalls(steps: readonly Step[]): PlainCall[] {
  const found: PlainCall[] = [];
  let clock = START_MS;
  const walk = (list: readonly Step[]): void => {
    for (const one of list) {
      if ('wait' in one) clock += Number.parseInt(one.wait, 10);
      else if ('waitUntil' in one) clock = Math.max(clock, Date.parse(one.waitUntil));
      else if ('repeat' in one) for (let k = 0; k < one.repeat; k++) walk(one.steps);
      else {
        const n = one.times ?? 1;
        const at = (i: number): number => {
          if (one.over !== undefined) return Math.floor((Number.parseInt(one.over, 10) * i) / n);
          if (one.every !== undefined) return Number.parseInt(one.every, 10) * i;
          return one.ratePerMinute === undefined ? 0 : Math.floor((60_000 * i) / one.ratePerMinute);
        };
        for (let i = 0; i < n; i++) {
          const gap = at(i + 1) - at(i);
          found.push({ tool: one.call, earliestMs: clock + at(i), latestMs: clock + at(i) + gap * (one.jitter ?? 0) });
        }
        clock += at(n);
      }
    }
  };
  walk(steps);
  return found;
}

describe('for every scenario', () => {
  test('each agent’s calls are those of a plain walk, each moved by no more than its jitter', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const { calls, table } = planOf(document);
        document.agents.forEach((agent, caller) => {
          const rows = [...calls.caller.keys()].filter((row) => calls.caller[row] === caller);
          const plain = plainCalls(agent.steps);
          expect(rows).toHaveLength(plain.length);
          rows.forEach((row, k) => {
            const call = plain[k];
            expect(table.tools[calls.tool[row] ?? -1]).toBe(call?.tool);
            expect(calls.atMs[row]).toBeGreaterThanOrEqual(call?.earliestMs ?? NaN);
            expect(calls.atMs[row]).toBeLessThanOrEqual(call?.latestMs ?? NaN);
          });
        });
      }),
    );
  });

  test('times are whole and sorted, ties in the order of agents, ids within the table', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const { calls, table } = planOf(document);
        for (let row = 0; row < calls.count; row++) {
          expect(Number.isInteger(calls.atMs[row])).toBe(true);
          expect(calls.args[row]).toBeLessThan(table.argsCount);
          if (row === 0) continue;
          const [before = 0, now = 0] = calls.atMs.slice(row - 1, row + 1);
          expect(before).toBeLessThanOrEqual(now);
          if (before === now) expect(calls.caller[row - 1]).toBeLessThanOrEqual(calls.caller[row] ?? 0);
        }
        expect(table.argsCount).toBeLessThanOrEqual(calls.count);
      }),
    );
  });

  test('the same document gives the same plan, in whatever slices', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 20 }), (document, slice) => {
        const result = createScenarioCompiler(document);
        if (!result.ok) throw new Error('refused');
        const { compiler } = result;
        const seen = [compiler.done];
        while (!compiler.advance(slice)) seen.push(compiler.done);
        expect(seen.every((done, k) => done === Math.min(k * slice, compiler.planned) || k === 0)).toBe(true);
        const sliced = compiler.finish();
        const whole = planOf(document);
        expect(sliced.calls).toEqual(whole.calls);
        expect(argsOf(sliced)).toEqual(argsOf(whole));
      }),
    );
  });

  test('arguments do not depend on whether ids are shared', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (count, seed) => {
        const args = { a: 'x{{i % 4}}', b: { $pick: [1, 2] }, c: { $seq: ['p', 'q', 'r'] } };
        const own = { ...args, d: { $int: [0, 1e9] } };
        const plan = (given: JsonObject) => planOf(scenarioOf([{ call: 't', times: count, args: given }], { seed }));
        const withoutD = argsOf(plan(own)).map(({ a, b, c }) => ({ a, b, c }));
        expect(withoutD).toEqual(argsOf(plan(args)));
      }),
    );
  });

  test('another seed makes other choices', () => {
    const picks = (seed: number) =>
      argsOf(planOf(scenarioOf([{ call: 't', times: 64, args: { a: { $int: [0, 1e9] } } }], { seed })));
    const seeds = [-1, 0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => JSON.stringify(picks(seed)))).size).toBe(seeds.length);
  });
});

test('a scenario that is too big is refused, and the check says why', () => {
  const tooBig = scenarioOf([{ call: 'a', times: 10_000_001 }]);
  expect(compileScenario(tooBig)).toEqual({ ok: false });
  expect(checkScenario(tooBig).diagnostics.map(({ code }) => code)).toEqual(['too-many-calls']);
});
