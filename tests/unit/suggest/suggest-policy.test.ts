import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import type { Caller, WindowMode } from '../../../src/core/engine/decision.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { PolicySuggester, type SuggestOptions } from '../../../src/core/policy/suggest/suggest-policy.ts';
import { UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { learningPass, planOf } from '../../../src/core/simulator/suggestion.ts';
import { runOf } from '../catalogue/gallery-runs.ts';
import { policyOf, read } from '../policy/read.ts';
import { fakeRun } from '../simulator-views/fake-run.ts';

const MINUTE = { window: 'minute', headroomPercent: 0 } as const;
const START = Date.UTC(2026, 0, 1);

/** A call that a suggested policy has to allow. */
interface SeenCall extends Caller {
  readonly atMs: number;
  readonly tool: string;
  readonly args: JsonObject;
}

/** The policy that a list of calls, in order of time, gives. */
function suggestPolicy(calls: readonly SeenCall[], options: SuggestOptions, mode: WindowMode): string {
  const suggester = new PolicySuggester(options, mode);
  for (const { tool, grant, atMs, args } of calls) {
    suggester.count(tool, grant, atMs);
    suggester.learn(tool, args);
  }
  return suggester.text();
}

function calls(tool: string, ...args: JsonObject[]): SeenCall[] {
  return args.map((each, i) => ({ atMs: START + i * 1000, grant: 'g', session: 's', tool, args: each }));
}
function toolOf(seen: readonly SeenCall[], options: SuggestOptions = MINUTE): unknown {
  const { tools } = JSON.parse(suggestPolicy(seen, options, 'calendar')) as { tools: Record<string, unknown> };
  return tools[seen[0]?.tool ?? ''];
}
/** Outcome codes of calls of a run, decided by a policy; 0 is allowed. */
function decide(policy: Policy, run: Run, wanted: Uint32Array): number[] {
  const options = { windows: run.windows, answer: () => UPSTREAM_CODE.ok };
  const simulation = createSimulation(policy, planOf(run, wanted), options);
  while (!simulation.advance(1000)) continue;
  const { columns } = simulation.finish(false);
  return [...columns.outcome.slice(0, columns.count)];
}
const all = ({ columns }: Run) => Uint32Array.from({ length: columns.count }, (_, call) => call);
const rate = (max: number, window = 'minute') => [{ counter: 't_rate', window, max, scope: 'grant' }];

describe('what is learned from arguments', () => {
  test.each([
    ['numbers, as a range', [{ a: 5 }, { a: 2.5 }], [[gte('a', 2.5), lte('a', 5)]], []],
    ['few texts, as a list', [{ a: 'x' }, { a: 'y' }, { a: 'x' }], [[isIn('a', 'x', 'y')]], []],
    ['truth and null', [{ a: true }, { a: null }], [[isIn('a', true, null)]], []],
    ['free text, as presence', [{ a: 'x'.repeat(65) }, { a: 'y' }], [[exists('a')]], []],
    ['nine texts, as presence', Array.from({ length: 9 }, (_, i) => ({ a: `t${i}` })), [[exists('a')]], []],
    ['lists, as presence', [{ a: [1] }, { a: [] }], [[exists('a')]], []],
    ['text or a number, as presence', [{ a: 1 }, { a: '1' }], [[exists('a')]], []],
    ['a list or null, as nothing', [{ a: [1] }, { a: null }], [], []],
    ['numbers that are none, as presence', [{ a: NaN }, { a: 1 }], [[exists('a')]], []],
    ['a number without end, from below', [{ a: Infinity }, { a: 1 }], [[gte('a', 1)]], []],
    ['a number some calls left out', [{ a: 5 }, {}], [], [lt('a', 5), { ...lt('a', 5), op: 'gt' }]],
    ['a text some calls left out', [{ a: 'x' }, {}], [], [{ ...isIn('a', 'x'), op: 'not_in' }]],
    ['what is inside', [{ a: { b: 1 } }], [[exists('a')], [gte('a.b', 1), lte('a.b', 1)]], []],
    ['no name with a dot, and no empty one', [{ 'a.b': 1, '': 2 }], [], []],
    ['nothing', [{}], [], []],
  ])('%s', (_words, args, required, denied) => {
    const many = (rules: readonly (readonly object[])[]) => rules.map((conditions) => ({ conditions }));
    expect(toolOf(calls('t', ...args))).toEqual({
      ...(required.length > 0 ? { require: many(required) } : {}),
      ...(denied.length > 0 ? { deny_if: many(denied.map((condition) => [condition])) } : {}),
      limits: rate(args.length),
    });
  });

  test('names of prototypes are names like any other', () => {
    const args = JSON.parse('{"__proto__":{"constructor":3}}') as JsonObject;
    const text = suggestPolicy(calls('__proto__', args), MINUTE, 'calendar');
    expect(
      policyOf(text)
        .tools.get('__proto__')
        ?.rules.map(({ rule }) => rule),
    ).toEqual([
      '/tools/__proto__/require/args.__proto__-exists',
      '/tools/__proto__/require/args.__proto__.constructor-gte+args.__proto__.constructor-lte',
    ]);
  });
});

describe('what is learned from times', () => {
  const at = (...seconds: number[]) =>
    seconds.map((second) => ({ ...calls('t', {})[0]!, atMs: START + second * 1000 }));

  test.each([
    ['minute', 0, 3],
    ['minute', 50, 5],
    ['minute', 100, 6],
    ['hour', 25, 7],
    ['day', 0, 5],
  ] as const)('the busiest %s and %d %% above it', (window, headroomPercent, max) => {
    expect(toolOf(at(0, 10, 20, 60, 70), { window, headroomPercent })).toEqual({ limits: rate(max, window) });
  });

  test('grants apart, sessions together', () => {
    const seen = at(0, 1, 2).map((call, i) => ({ ...call, grant: i === 2 ? 'other' : 'g', session: `s${i}` }));
    expect(toolOf(seen)).toEqual({ limits: rate(2) });
  });

  test.each([
    ['calendar', 2],
    ['sliding', 4],
    ['anchored', 4],
  ] as const)('a burst across a full minute, counted in %s windows', (mode, max) => {
    expect(JSON.parse(suggestPolicy(at(58, 59, 60, 61), MINUTE, mode))).toMatchObject({
      tools: { t: { limits: rate(max) } },
    });
  });
});

test('tools of the server come in its order, others after them', () => {
  const seen = ['zz', 'create_escrow', 'get_agent_card', 'aa'].flatMap((tool) => calls(tool, {}));
  const { tools } = JSON.parse(suggestPolicy(seen, MINUTE, 'calendar')) as { tools: object };
  expect(Object.keys(tools)).toEqual(['get_agent_card', 'create_escrow', 'zz', 'aa']);
});

const key = fc.constantFrom('a', 'b', 'policy', '__proto__', 'constructor', 'a.b', '', 'größe');
const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom('x', 'y', '1', 'true', '<nil>', '\ud800', 'x'.repeat(70)),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.double(),
  fc.constantFrom(-0, 0, 1, NaN, Infinity, -Infinity, 2 ** 53, 1e21, 1e-7, Number.MAX_VALUE, Number.MIN_VALUE),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const call = fc.record({
  gapMs: fc.constantFrom(0, 1, 500, 20_000, 59_999, 60_000, 3_600_000, 80_000_000),
  grant: fc.constantFrom('g1', 'g2', '', '__proto__'),
  session: fc.constantFrom('s1', 's2'),
  tool: fc.constantFrom('create_escrow', 'guard_tool', '*', '', ' ', '__proto__', 'a/b~c', '\ud800'),
  args: fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }),
  outcome: fc.constantFrom('allow' as const, 'deny' as const, 'hidden' as const, 'approval' as const),
});

describe('no call it came from is denied', () => {
  test.each(['calendar', 'sliding', 'anchored'] as const)('whatever the calls, counted in %s windows', (windows) => {
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('minute' as const, 'hour' as const, 'day' as const),
        fc.constantFrom(0, 25, 50, 100),
        fc.constantFrom('allowed' as const, 'all' as const),
        (drafts, window, headroomPercent, which) => {
          let atMs = START;
          const run = fakeRun(
            drafts.map(({ gapMs, ...rest }) => ({ ...rest, atMs: (atMs += gapMs) })),
            { windows },
          );
          const request = { window, headroomPercent, calls: which };
          const learned = complete(learningPass(run, request), run.columns.count);
          const { policy, diagnostics } = read(learned.text);
          expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(policy && decide(policy, run, learned.calls).filter((outcome) => outcome !== 0)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(EXAMPLES.filter(({ name }) => name !== 'mistakes').map((example) => ({ name: example.name, example })))(
    'in $name',
    ({ example }) => {
      const run = runOf(example);
      for (const which of ['allowed', 'all'] as const) {
        const request = { ...MINUTE, calls: which };
        const learned = complete(learningPass(run, request), run.columns.count);
        expect(decide(policyOf(learned.text), run, learned.calls).filter((outcome) => outcome !== 0)).toEqual([]);
      }
    },
  );
});

test('a tool, a value and a rate that were never seen are denied', () => {
  const seen = [0, 1].map((i) => ({ atMs: START + i, tool: 't', args: { amount: 10 + i, level: 'Gold' } }));
  const run = fakeRun(seen);
  const { text } = complete(learningPass(run, { ...MINUTE, calls: 'all' }), 2);
  const strange = [
    { tool: 'other', args: seen[0]!.args },
    { tool: 't', args: { amount: 12, level: 'Gold' } },
    { tool: 't', args: { amount: 9, level: 'Gold' } },
    { tool: 't', args: { amount: 10, level: 'Platinum' } },
    { tool: 't', args: { level: 'Gold' } },
  ];
  const later = fakeRun([...seen, ...strange.map((each) => ({ ...each, atMs: START + 60_000 }))]);
  const outcomes = decide(policyOf(text), later, all(later));
  expect(outcomes).toEqual([0, 0, 1, 1, 1, 1, 1]);
  const third = fakeRun([...seen, { ...seen[1]!, atMs: START + 2 }]);
  expect(decide(policyOf(text), third, all(third))).toEqual([0, 0, 1]);
});

function lte(path: string, value: number) {
  return { path: `args.${path}`, op: 'lte', value };
}
function gte(path: string, value: number) {
  return { path: `args.${path}`, op: 'gte', value };
}
function lt(path: string, value: number) {
  return { path: `args.${path}`, op: 'lt', value };
}
function isIn(path: string, ...values: JsonValue[]) {
  return { path: `args.${path}`, op: 'in', value: values };
}
function exists(path: string) {
  return { path: `args.${path}`, op: 'exists', value: true };
}
