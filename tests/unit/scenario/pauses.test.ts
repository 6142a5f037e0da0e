import { describe, expect, it } from 'vitest';
import type { Agent, Step } from '../../../src/core/scenario/model.ts';
import { pauseReader } from '../../../src/core/scenario/pauses.ts';

const call = (times = 1): Step => ({ call: 'guard_input', times });
const wait: Step = { wait: '5s' };
const until: Step = { waitUntil: '2026-01-01T00:00:00.000Z' };

/** Pauses before calls 0 … `calls` of an agent with these steps. */
function pauses(calls: number, ...steps: readonly Step[]): (string | null)[] {
  const agent: Agent = { name: 'planner', steps };
  const read = pauseReader(agent);
  return Array.from({ length: calls }, (_, n) => read(n));
}

describe('the pause before a call', () => {
  it.each<[string, readonly Step[], (string | null)[]]>([
    ['none between calls of one step', [call(3)], [null, null, null]],
    ['a wait between two steps', [call(2), wait, call(2)], [null, null, 'wait', null]],
    ['a wait until an instant', [call(), until, call()], [null, 'wait until']],
    ['the later of two', [call(), wait, until, call()], [null, 'wait until']],
    ['nothing before the first call', [wait, call(2)], [null, null]],
    [
      'at the end of every round',
      [{ repeat: 3, steps: [call(2), wait] }, call()],
      [null, null, 'wait', null, 'wait', null, 'wait'],
    ],
    ['at the start of every round', [call(), { repeat: 2, steps: [wait, call()] }], [null, 'wait', 'wait']],
    ['in the middle of a round', [{ repeat: 2, steps: [call(), wait, call()] }], [null, 'wait', null, 'wait']],
    [
      'in rounds of rounds',
      [{ repeat: 2, steps: [{ repeat: 2, steps: [call()] }, until] }],
      [null, null, 'wait until', null],
    ],
    ['a repeat of waits only', [call(), { repeat: 4, steps: [wait] }, call()], [null, 'wait']],
  ])('%s', (_, steps, expected) => {
    expect(pauses(expected.length, ...steps)).toEqual(expected);
  });

  it('is none beyond the last call', () => {
    expect(pauses(4, call(2), wait)).toEqual([null, null, null, null]);
  });
});
