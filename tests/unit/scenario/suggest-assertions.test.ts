import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/core/simulator/pass.ts';
import { assertionPass } from '../../../src/core/simulator/assertions.ts';
import { candidateAssertions, suggestionOf } from '../../../src/core/scenario/suggest-assertions.ts';
import { readPolicy, runCalls } from '../simulator/arrange.ts';

const tool = (name: string, calls: number, allowed: number) => ({ tool: name, calls, allowed });

describe('candidates', () => {
  test('are the busiest tools in any 60 s, then tools that were refused altogether', () => {
    const candidates = candidateAssertions([
      tool('a', 5, 1),
      tool('b', 9, 9),
      tool('c', 2, 0),
      tool('d', 7, 3),
      tool('e', 8, 4),
      tool('f', 3, 0),
      tool('g', 1, 0),
    ]);
    expect(candidates.map(({ where }) => where?.tool)).toEqual(['b', 'e', 'd', 'f', 'c']);
    expect(candidates.map(({ within }) => within)).toEqual(['60s', '60s', '60s', undefined, undefined]);
  });

  test('are none without calls', () => {
    expect(candidateAssertions([])).toEqual([]);
  });
});

test('a suggestion is the bound that its own run just keeps', () => {
  const policy = readPolicy({
    version: '1',
    default: 'deny',
    tools: { a: { limits: [{ counter: 'c', window: 'minute', max: 2 }] } },
  });
  const times = [0, 10, 59_990, 60_000, 60_010, 60_020];
  const run = runCalls(policy, [
    ...times.map((atMs) => ({ atMs, tool: 'a', grant: 'g' })),
    { atMs: 60_030, tool: 'b', grant: 'g' },
  ]);
  const candidates = candidateAssertions([tool('a', 6, 4), tool('b', 1, 0)]);
  const look = (assertion: (typeof candidates)[number]) => complete(assertionPass(run, assertion), run.columns.count);
  const suggested = candidates.map((candidate) => suggestionOf(candidate, look(candidate).seen));
  expect(suggested.map((assertion) => look(assertion).passes)).toEqual([true, true]);
  const [busiest, refused] = suggested;
  expect(refused?.exactly).toBe(0);
  expect(look({ ...busiest!, atMost: (busiest?.atMost ?? 0) - 1 }).passes).toBe(false);
});
