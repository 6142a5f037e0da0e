import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryBurstPass } from '../../../src/core/simulator/boundary-burst.ts';
import { formatSpan } from '../../../src/core/simulator/duration-text.ts';
import type { RunFinding } from '../../../src/core/simulator/finding.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import { findVisibleDenied } from '../../../src/core/simulator/visible-denied.ts';
import { WindowSum } from '../../../src/core/simulator/window-sum.ts';
import { CounterWindows } from '../../../src/core/simulator/counter-windows.ts';
import { simulateCalls, watchRun, type PlannedCall } from './simulated.ts';
import { fakeLimit, fakePolicy, fakeRun, type FakeCall, type FakeRunOptions } from './fake-run.ts';

const MIDNIGHT = Date.UTC(2026, 0, 2);
const RATE = '/tools/tool/limits/rate';

const burstsOf = (calls: readonly FakeCall[], options: FakeRunOptions): readonly RunFinding[] =>
  complete(boundaryBurstPass(fakeRun(calls, options), null), calls.length);

/** Calls every 40 ms from 2 s before midnight, of which 30 pass in each minute. */
const ticketLoop = (count: number): FakeCall[] =>
  Array.from({ length: count }, (_, i) => {
    const passes = i < 30 || (i >= 50 && i < 80);
    return { atMs: MIDNIGHT - 2000 + 40 * i, ...(passes ? {} : { outcome: 'deny', rule: RATE }) };
  });

describe('boundary burst', () => {
  const limits = [fakeLimit('tool')];

  test('says how many calls pass within one length of the window, and where', () => {
    expect(burstsOf(ticketLoop(100), { limits })).toEqual([
      {
        code: 'boundary-burst',
        severity: 'warning',
        title: 'Boundary burst',
        detail: '60 of 100 calls in 3.96 s pass a limit of 30 a minute.',
        pointer: '/tools/tool/limits/0',
        fromMs: MIDNIGHT - 2000,
        toMs: MIDNIGHT + 1960,
      },
    ]);
  });

  test.each<[string, FakeCall[], FakeRunOptions]>([
    ['as many as max', ticketLoop(50), { limits }],
    ['two owners together', ticketLoop(80).map((call, i) => ({ ...call, grant: i < 50 ? 'a' : 'b' })), { limits }],
    ['what-if windows', ticketLoop(100), { limits, windows: 'sliding' }],
    [
      'amounts given back',
      ticketLoop(100).map((call, i) => ({ ...call, ...(i === 0 ? { status: 'timeout' } : {}) })),
      { limits: [fakeLimit('tool', { max: 59 })] },
    ],
    ['a limit that counts nothing', ticketLoop(100), { limits: [fakeLimit('tool', { counts: false })] }],
    ['no calls', [], { limits }],
  ])('nothing for %s', (_, calls, options) => {
    expect(burstsOf(calls, options)).toEqual([]);
  });

  test('rounding is no burst', () => {
    const calls = Array.from({ length: 30 }, (_, i): FakeCall => ({ atMs: MIDNIGHT - 15 + i, args: { n: 0.1 } }));
    const amount = { kind: 'argument', segments: ['n'], path: 'args.n' } as const;
    expect(burstsOf(calls, { limits: [fakeLimit('tool', { max: 3, amount })] })).toEqual([]);
  });

  test('amounts from arguments are summed, of the owner that got most', () => {
    const amount = { kind: 'argument', segments: ['amount'], path: 'args.amount' } as const;
    const pay = (atMs: number, grant: string, worth: number): FakeCall => ({ atMs, grant, args: { amount: worth } });
    const calls = [
      pay(MIDNIGHT - 60_000, 'a', 4000),
      pay(MIDNIGHT - 30_000, 'b', 5000),
      pay(MIDNIGHT, 'b', 4500.5),
      pay(MIDNIGHT + 30_000, 'a', 4000),
    ];
    const limits = [fakeLimit('tool', { max: 5000, windowMs: 86_400_000, amount })];
    expect(burstsOf(calls, { limits })[0]).toMatchObject({
      detail: '2 of 2 calls in 30 s take 9,500.5 from a limit of 5,000 a day.',
      fromMs: MIDNIGHT - 30_000,
    });
  });

  test('limits on every tool sum over tools, those of sessions apart', () => {
    const calls = Array.from({ length: 8 }, (_, i): FakeCall => ({
      atMs: MIDNIGHT - 4 + i,
      tool: i % 2 === 0 ? 'x' : 'y',
      session: i < 4 ? 's' : 't',
    }));
    const limits = [fakeLimit(null, { max: 5 }), fakeLimit(null, { max: 3, counter: 'each', scope: 'session' })];
    expect(burstsOf(calls, { limits, policyTools: ['x', 'y'] }).map(({ detail }) => detail)).toEqual([
      '8 of 8 calls in 0.007 s pass a limit of 5 a minute.',
    ]);
  });

  test('limits that share a counter are seen together', () => {
    const shared = { counterKey: '_global.all', scope: 'everyone', max: 6 } as const;
    const limits = [fakeLimit('x', shared), fakeLimit('y', { ...shared, max: 100 })];
    const calls = Array.from({ length: 8 }, (_, i): FakeCall => ({
      atMs: MIDNIGHT - 4 + i,
      tool: i % 2 === 0 ? 'x' : 'y',
      grant: `g${i}`,
    }));
    expect(burstsOf(calls, { limits, dialect: 'intercept' })).toMatchObject([{ pointer: '/tools/x/limits/0' }]);
  });

  test('limits that were never overfull need no look', () => {
    const call = fc.record({ gap: fc.nat(20_000), tool: fc.constantFrom('x', 'y'), grant: fc.constantFrom('a', 'b') });
    const limits = [
      fakeLimit('x', { max: 2 }),
      fakeLimit('y', { max: 9 }),
      fakeLimit(null, { max: 4, counter: 'all' }),
    ];
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (list) => {
        let atMs = 0;
        const calls = list.map(({ gap, ...rest }, i): PlannedCall => {
          return { ...rest, atMs: (atMs += gap), status: i % 9 === 0 ? 'timeout' : 'ok', latencyMs: i * 100 };
        });
        const run = simulateCalls(fakePolicy({ limits }), calls);
        const windows = watchRun(run, new CounterWindows(run));
        windows.finish();
        const all = complete(boundaryBurstPass(run, null), calls.length);
        expect(complete(boundaryBurstPass(run, windows.overfull), calls.length)).toEqual(all);
        for (const { pointer } of all)
          expect([...windows.overfull].map((i) => run.limits[i]?.limit.pointer)).toContain(pointer);
      }),
    );
  });

  test('cuts do not matter', () => {
    const run = fakeRun(ticketLoop(100), { limits });
    const pass = boundaryBurstPass(run, null);
    for (let i = 0; i < 100; i += 7) pass.add(i, Math.min(100, i + 7));
    expect(pass.finish()).toEqual(burstsOf(ticketLoop(100), { limits }));
  });
});

test('the fullest window is that of a search over every start', () => {
  const step = fc.record({ gap: fc.nat(30), amount: fc.integer({ min: 0, max: 5 }) });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 100 }),
      (steps, windowMs) => {
        const sum = new WindowSum(windowMs);
        let at = 0;
        const amounts = steps.map(({ gap, amount }) => ({ atMs: (at += gap), amount }));
        for (const { atMs, amount } of amounts) sum.add(atMs, amount);
        const sums = amounts.map(({ atMs }) =>
          amounts.reduce((total, b) => total + (b.atMs >= atMs && b.atMs < atMs + windowMs ? b.amount : 0), 0),
        );
        expect(sum.fullest?.sum).toBe(Math.max(...sums));
      },
    ),
  );
});

describe('denied tools that stay listed', () => {
  const CATALOGUE = ['a', 'b', 'c', 'hidden_one'];
  const always = {
    kind: 'deny_if',
    conditions: [],
    rule: '/tools/b/deny_if/always',
    pointer: '/tools/b/deny_if/0',
    onDeny: null,
  } as const;
  const notesOf = (calls: readonly FakeCall[], options: FakeRunOptions = {}): readonly RunFinding[] => {
    const run = fakeRun(calls, options);
    return findVisibleDenied(run, complete(tallyPass(run), calls.length), CATALOGUE);
  };
  const options: FakeRunOptions = { policyTools: ['c'], rules: new Map([['b', [always]]]), hide: ['hidden_one'] };

  test('counts tools of the server and the calls made to them', () => {
    const calls: FakeCall[] = [
      { atMs: 1, tool: 'a', outcome: 'deny' },
      { atMs: 2, tool: 'b', outcome: 'deny', rule: always.rule },
      { atMs: 3, tool: 'c', outcome: 'allow' },
      { atMs: 4, tool: 'hidden_one', outcome: 'hidden' },
      { atMs: 5, tool: 'not_on_server', outcome: 'deny' },
    ];
    expect(notesOf(calls, options)).toEqual([
      {
        code: 'denied-but-listed',
        severity: 'note',
        title: '2 denied tools stay in tools/list',
        detail: 'Agents see them and keep trying: 2 calls did. Hide the tools that no agent should see.',
        pointer: '/default',
        fromMs: null,
        toMs: null,
        deniedTools: ['a', 'b'],
      },
    ]);
  });

  test('names the tool when calls went to one only', () => {
    const [note] = notesOf([{ atMs: 1, tool: 'b', outcome: 'deny', rule: always.rule }], options);
    expect(note?.detail).toContain('1 b call did');
    expect(note?.pointer).toBe('/tools/b/deny_if/0');
  });

  test('says nothing when nobody tried', () => {
    expect(notesOf([{ atMs: 1, tool: 'c' }], options)).toEqual([]);
  });
});

test.each([
  [0, '0 s'],
  [3960, '3.96 s'],
  [59_999, '59.999 s'],
  [60_000, '1 min'],
  [250_000, '4 min 10 s'],
  [7_500_000, '2 h 5 min'],
  [86_400_000, '1 d'],
  [100 * 3_600_000, '4 d 4 h'],
])('%d ms reads %s', (ms, words) => {
  expect(formatSpan(ms)).toBe(words);
});
