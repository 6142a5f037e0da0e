import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOME_NAMES } from '../../../src/core/simulator/columns.ts';
import { digestPass } from '../../../src/core/simulator/digest.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { fakeRun, type FakeCall, type FakeRunOptions } from './fake-run.ts';

const digestOf = (calls: readonly FakeCall[], options?: FakeRunOptions): string =>
  complete(digestPass(fakeRun(calls, options)), calls.length);

const name = fc.constantFrom('planner', 'settler', 's1', '', '__proto__', 'é');
const call: fc.Arbitrary<FakeCall> = fc.record({
  atMs: fc.integer({ min: 0, max: 2 ** 44 }),
  grant: name,
  session: name,
  tool: name,
  outcome: fc.constantFrom(...OUTCOME_NAMES),
  rule: fc.constantFrom('/tools/x/limits/r', '/tools/x/deny_if/always', '(default deny)'),
});
const calls = fc.array(call, { maxLength: 12 });

test('a digest is 16 hex characters', () => {
  fc.assert(fc.property(calls, (list) => /^[0-9a-f]{16}$/.test(digestOf(list))));
});

test('known digests stay as they are, since links and tests quote them', () => {
  expect(digestOf([])).toMatchInlineSnapshot(`"c0dbb1502887881c"`);
  const burst = Array.from({ length: 100 }, (_, i): FakeCall => ({
    atMs: 1_767_311_998_000 + 40 * i,
    grant: 'planner',
  }));
  expect(digestOf(burst)).toMatchInlineSnapshot(`"6bf5b076b2d8abc1"`);
});

test('how tables are numbered does not matter', () => {
  fc.assert(
    fc.property(calls, fc.uniqueArray(fc.string(), { maxLength: 5 }), (list, tablesStartWith) => {
      expect(digestOf(list, { tablesStartWith })).toBe(digestOf(list));
    }),
  );
});

test('where a run is cut does not matter', () => {
  fc.assert(
    fc.property(calls, fc.array(fc.nat(12), { maxLength: 4 }), (list, cuts) => {
      const pass = digestPass(fakeRun(list));
      const ends = [0, ...cuts.filter((cut) => cut <= list.length).sort((a, b) => a - b), list.length];
      for (let i = 1; i < ends.length; i++) pass.add(ends[i - 1]!, ends[i]!);
      expect(pass.finish()).toBe(digestOf(list));
    }),
  );
});

test('the order of calls matters', () => {
  const [a, b]: FakeCall[] = [
    { atMs: 5, tool: 'x' },
    { atMs: 5, tool: 'y' },
  ];
  expect(digestOf([a!, b!])).not.toBe(digestOf([b!, a!]));
});

const base: FakeCall = { atMs: 1_767_311_998_000, grant: 'a', session: 'b', tool: 'c', outcome: 'deny', rule: 'd' };
test.each<[string, FakeCall]>([
  ['time', { ...base, atMs: base.atMs + 1 }],
  ['time, beyond 32 bits', { ...base, atMs: base.atMs + 2 ** 32 }],
  ['grant', { ...base, grant: 'A' }],
  ['session', { ...base, session: 'B' }],
  ['grant and session exchanged', { ...base, grant: 'b', session: 'a' }],
  ['letters moved from session to grant', { ...base, grant: 'ab', session: '' }],
  ['grant and tool exchanged', { ...base, grant: 'c', tool: 'a' }],
  ['tool', { ...base, tool: 'C' }],
  ['outcome', { ...base, outcome: 'approval' }],
  ['rule', { ...base, rule: 'D' }],
])('another %s gives another digest', (_, other) => {
  expect(digestOf([other])).not.toBe(digestOf([base]));
});

test('100,000 runs that differ in one call do not collide', () => {
  const run = fakeRun([base, base, base]);
  const seen = new Set<string>();
  for (let i = 0; i < 100_000; i++) {
    run.columns.atMs[1] = i;
    seen.add(complete(digestPass(run), 3));
  }
  expect(seen.size).toBe(100_000);
});
