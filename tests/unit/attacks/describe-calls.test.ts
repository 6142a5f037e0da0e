import { expect, test } from 'vitest';
import { describeCalls } from '../../../src/core/attacks/describe-calls.ts';
import { LEGITIMATE_WORK } from '../../../src/core/catalogue/attacks/legitimate.ts';
import { ATTACKS } from '../../../src/core/catalogue/attacks/list.ts';

const wordsOf = (name: string) =>
  describeCalls([...ATTACKS, ...LEGITIMATE_WORK].find((entry) => entry.name === name)!.scenario);

test('one agent, one step', () => {
  expect(wordsOf('escrow-drain')).toEqual([
    {
      who: '`buyer`',
      lines: [
        '`create_escrow`, ×500, 10 a minute with `{"agentId":"agent-4","target":"agent-8","task":"Translation","amount":99}`',
      ],
    },
  ]);
});

test('agents that do the same share an entry', () => {
  expect(wordsOf('session-hopping').map(({ who, lines }) => [who, lines.length])).toEqual([
    ['`session-1` to `session-20`, 20 sessions of the grant `planner`', 1],
  ]);
  expect(wordsOf('grant-hopping')[0]?.who).toBe('`grant-1` to `grant-10`, each with a grant of its own');
});

test('rounds and calls without arguments', () => {
  expect(wordsOf('onboarding')[0]?.lines[1]).toBe('10 rounds of `verify_agent_identity`, once');
  expect(wordsOf('chained-reads')[0]?.lines).toHaveLength(4);
});
