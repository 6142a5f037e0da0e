import { describe, expect, test } from 'vitest';
import { comparePass } from '../../../src/core/analysis/compare-runs.ts';
import { comparisonWords, flipPlace, formatComparison } from '../../../src/core/analysis/comparison-markdown.ts';
import { type ComparisonReport, kindsIn, reportOf, sideWords } from '../../../src/core/analysis/comparison-report.ts';
import { explainCall } from '../../../src/core/simulator/explain.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { worldOf } from '../../../src/core/upstream/world.ts';
import { makePlan, readPolicy } from '../simulator/arrange.ts';

const NAMES = { title: 'Two | limits', before: 'Kept policy', after: 'Policy on screen', scenario: 'Loop, seed 42' };
const plan = makePlan(
  Array.from({ length: 6 }, (_, index) => ({ atMs: index * 10, tool: 'a', grant: index < 4 ? 'one' : '[two](x)' })),
  { sharedArgs: true },
);

function decide(max: number) {
  const limits = [{ counter: 'c', window: 'minute', max, on_deny: 'no more | *today*.' }];
  const policy = readPolicy({ version: '1', default: 'deny', tools: { a: { limits } } });
  const simulation = createSimulation(policy, plan, { windows: 'calendar', answer: () => 1 });
  simulation.advance(Infinity);
  return simulation.finish(false);
}

function compare(first: number, second: number): ComparisonReport {
  const runs = { before: decide(first), after: decide(second) };
  const comparison = complete(comparePass(runs.before, runs.after), 6);
  const server = createServer(worldOf({ start: '2026-01-01T00:00:00.000Z' }));
  return reportOf(comparison, runs, comparison.first, (side, call) => {
    const again = replay(runs[side], 0);
    again.advanceTo(call);
    return explainCall(runs[side], call, again, { server, locate: () => null });
  });
}

describe('the sentence', () => {
  test('counts what differs', () => {
    expect(comparisonWords(compare(4, 1))).toMatch(/^\d of 6 calls are decided differently\.$/);
    expect(comparisonWords(compare(2, 2))).toBe('No difference: 6 calls, all decided alike.');
  });

  test('says that agents made other calls, and that a run was cut off', () => {
    const report = { ...compare(4, 3), calls: { before: 6, after: 8 }, partial: true };
    expect(comparisonWords(report)).toContain('A made 6 calls, B 8 calls. A run was cut off at its largest size.');
  });
});

describe('the Markdown', () => {
  test('holds title, sides, counts, tables and the first differences', () => {
    const text = formatComparison(compare(4, 1), NAMES);
    expect(text).toContain('## Policy comparison: Two \\| limits\n\n- A: Kept policy\n- B: Policy on screen');
    expect(text).toContain('| Difference | Calls |\n| --- | ---: |\n| Allowed → denied | ');
    expect(text).toContain('| Tool | Allowed → denied |');
    expect(text).toContain('| Grant | Allowed → denied |');
    expect(text).toContain('### First differences\n\n1. Call 2, a, grant one, ');
    expect(text).toMatch(/ {3}- A: allowed\n {3}- B: denied by /);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('makes no markup of what people wrote', () => {
    const text = formatComparison(compare(4, 0), NAMES);
    expect(text).toContain('\\[two\\](x)');
    expect(text).not.toMatch(/[^\\]\[two/);
    for (const line of text.split('\n').filter((row) => row.startsWith('| \\['))) {
      expect(line.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(3);
    }
  });

  test('lists what converting changed, as text', () => {
    const text = formatComparison(compare(4, 1), { ...NAMES, notes: ['line 3: `a` is *lost*'] });
    expect(text).toContain('### What converting changed\n\n- line 3: \\`a\\` is \\*lost\\*');
    const many = Array.from({ length: 25 }, (_, i) => `note ${i}`);
    expect(formatComparison(compare(4, 1), { ...NAMES, notes: many })).toContain('- note 19\n- 5 more\n');
  });

  test('of equal runs has no tables', () => {
    const text = formatComparison(compare(3, 3), { ...NAMES, title: '' });
    expect(text).toMatch(/^## Policy comparison\n/);
    expect(text).not.toContain('| ---');
    expect(text).not.toContain('### First');
  });

  test('lists ten differences and twenty rows at most, and says what is left', () => {
    const report = compare(4, 1);
    const [flip] = report.flips;
    const [tool] = report.tools;
    if (!flip || !tool) throw new Error('nothing differs');
    const flips = Array.from({ length: 30 }, () => flip);
    const tools = Array.from({ length: 25 }, (_, index) => ({ ...tool, name: `t${index}` }));
    const text = formatComparison({ ...report, flips, tools }, NAMES);
    expect(text).toContain('\n10. Call');
    expect(text).not.toContain('\n11. Call');
    expect(text).toContain('| t19 |');
    expect(text).not.toContain('| t20 |');
    expect(text).toContain('5 more not listed.');
  });
});

test('a call that one side did not make is named by the other', () => {
  const [flip] = compare(4, 1).flips;
  if (!flip) throw new Error('nothing differs');
  expect(sideWords(null)).toBe('not made');
  expect(flipPlace({ ...flip, kind: 'only-after', before: null })).toBe(flipPlace(flip));
  expect(flipPlace({ ...flip, after: flip.after && { ...flip.after, call: 8 } })).toContain('Call 2 in A, 9 in B, a,');
});

test('tools and grants with most differences come first', () => {
  const { tools, total } = compare(4, 0);
  expect(tools.map(({ name }) => name)).toEqual(['a']);
  expect(kindsIn(total)).toEqual(['allow-deny']);
});
