import { describe, expect, test } from 'vitest';
import type { ToolEffect } from '../../../workers/engine-api.ts';
import type { Diagnostic, Severity } from '../../../src/core/diagnostic.ts';
import { firstProblem, problemWords } from '../../../src/ui/policy/problem-words.ts';
import { effectCounts, groupEffects } from '../../../src/ui/policy/tool-effects.ts';

function diagnostics(...severities: Severity[]): Diagnostic[] {
  return severities.map((severity, index) => {
    return { code: 'x', severity, message: `m${index}`, range: { start: 0, end: 1 }, pointer: '' };
  });
}

describe('the foot of the policy', () => {
  test.each([
    [[], ''],
    [['note'], ''],
    [['warning'], '1 warning'],
    [['error', 'error', 'warning', 'note'], '2 errors, 1 warning'],
  ] as const)('%j is "%s"', (severities, words) => {
    expect(problemWords(diagnostics(...severities))).toBe(words);
  });

  test('names the first error before any warning', () => {
    expect(firstProblem(diagnostics('note', 'warning', 'error', 'error'))?.message).toBe('m2');
    expect(firstProblem(diagnostics('note', 'warning'))?.message).toBe('m1');
    expect(firstProblem(diagnostics('note'))).toBeUndefined();
  });
});

describe('the effect on tools', () => {
  const effect = (tool: string, state: ToolEffect['state']): ToolEffect => ({ tool, state, words: state, pointer: '' });

  test('groups by category and risk, with unknown tools last', () => {
    const groups = groupEffects([
      effect('strange', 'denied'),
      effect('get_agent_card', 'denied'),
      effect('create_escrow', 'limited'),
      effect('verify_agent_identity', 'hidden'),
    ]);
    expect(groups.map(({ title, effects }) => [title, effects.map(({ tool }) => tool)])).toEqual([
      ['Read, low risk', ['get_agent_card']],
      ['Write, medium risk', ['create_escrow']],
      ['Execute, high risk', ['verify_agent_identity']],
      ['Not on this server', ['strange']],
    ]);
  });

  test('counts denied and hidden tools always, the rest where there are any', () => {
    const words = (effects: ToolEffect[]) => effectCounts(effects).map((count) => count.words);
    expect(words([])).toEqual(['0 denied, still listed', '0 hidden']);
    expect(
      words([effect('a', 'limited'), effect('b', 'rules'), effect('c', 'allowed'), effect('d', 'approval')]),
    ).toEqual(['1 allowed', '2 limited', '1 by approval', '0 denied, still listed', '0 hidden']);
  });
});
