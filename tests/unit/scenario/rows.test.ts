import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scenario, Step } from '../../../src/core/scenario/model.ts';
import {
  addAgent,
  addRow,
  copyAgent,
  copyRow,
  moveAgent,
  moveRow,
  removeRow,
  startRow,
  updateRow,
} from '../../../src/core/scenario/edit-rows.ts';
import { describePace, rowsOf, type Row } from '../../../src/core/scenario/rows.ts';

const START = '2026-01-01T23:59:58.000Z';

function scenarioOf(...steps: Step[]): Scenario {
  return { version: '1', start: START, agents: [{ name: 'planner', steps }] };
}

function rowAt(scenario: Scenario, index: number): Row {
  const row = rowsOf(scenario, 0)[index];
  if (row === undefined) throw new Error(`no row ${String(index)}`);
  return row;
}

const steps = (scenario: Scenario): readonly Step[] => scenario.agents[0]?.steps ?? [];

describe('rows of a scenario', () => {
  const scenario = scenarioOf(
    { call: 'a', times: 100, over: '4s' },
    { wait: '1s' },
    { call: 'b' },
    { waitUntil: '2026-01-02T00:00:30.000Z' },
    { repeat: 2, steps: [{ call: 'c', times: 3, every: '1s' }] },
    { call: 'd' },
  );

  it('knows when each starts and how many calls it makes', () => {
    const rows = rowsOf(scenario, 0).map(({ step, start, startMs, calls }) => [
      step,
      start.kind,
      startMs === null ? null : new Date(startMs).toISOString().slice(11, 19),
      calls,
    ]);
    expect(rows).toEqual([
      [0, 'after', '23:59:58', 100],
      [2, 'wait', '00:00:03', 1],
      [4, 'at', '00:00:30', 6],
      [5, 'after', '00:00:36', 1],
    ]);
  });

  it('does not guess a start behind something that cannot be read', () => {
    expect(rowAt(scenarioOf({ call: 'a', over: 'soon' }, { call: 'b' }), 1).startMs).toBeNull();
  });

  it('changes the start by its wait alone', () => {
    const at = { kind: 'at', value: '2026-01-02T00:00:00.000Z' } as const;
    const timed = startRow(scenario, rowAt(scenario, 1), at);
    expect(steps(timed)[1]).toEqual({ waitUntil: at.value });
    const untimed = startRow(timed, rowAt(timed, 1), { kind: 'after', value: '' });
    expect(steps(untimed).slice(0, 2)).toEqual([{ call: 'a', times: 100, over: '4s' }, { call: 'b' }]);
    const waiting = startRow(untimed, rowAt(untimed, 1), { kind: 'wait', value: '1s' });
    expect(waiting).toEqual(scenario);
  });

  it('copies, moves and removes a row with its wait', () => {
    const copied = copyRow(scenario, rowAt(scenario, 1));
    expect(steps(copied).slice(1, 5)).toEqual([{ wait: '1s' }, { call: 'b' }, { wait: '1s' }, { call: 'b' }]);
    expect(removeRow(copied, rowAt(copied, 2))).toEqual(scenario);
    const moved = moveRow(scenario, rowAt(scenario, 1), -1);
    expect(steps(moved).slice(0, 3)).toEqual([{ wait: '1s' }, { call: 'b' }, { call: 'a', times: 100, over: '4s' }]);
  });

  it('leaves the first and the last row where they are', () => {
    expect(moveRow(scenario, rowAt(scenario, 0), -1)).toBe(scenario);
    expect(moveRow(scenario, rowAt(scenario, 3), 1)).toBe(scenario);
  });

  it('moves there and back to the same document', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Step>({ call: 'a' }, { call: 'b' }, { wait: '1s' }), { maxLength: 8 }),
        fc.nat(7),
        (list, pick) => {
          const before = scenarioOf(...list);
          const rows = rowsOf(before, 0);
          const row = rows[pick % Math.max(1, rows.length)];
          fc.pre(row !== undefined && rows.indexOf(row) < rows.length - 1);
          const index = rows.indexOf(row);
          const after = moveRow(before, row, 1);
          expect(rowsOf(after, 0).map(({ body }) => body)).toHaveLength(rows.length);
          expect(moveRow(after, rowAt(after, index + 1), -1)).toEqual(before);
        },
      ),
      { seed: 3 },
    );
  });

  it('replaces and adds without touching the rest', () => {
    const changed = updateRow(scenario, rowAt(scenario, 3), { call: 'e' });
    expect(steps(changed).at(-1)).toEqual({ call: 'e' });
    expect(steps(changed).slice(0, 5)).toEqual(steps(scenario).slice(0, 5));
    expect(steps(addRow(scenario, 0, { call: 'f' })).at(-1)).toEqual({ call: 'f' });
  });

  it('names new agents so that no two are alike, and copies keep their grant', () => {
    const two = copyAgent(addAgent(scenario, { call: 'a' }), 0);
    expect(two.agents.map(({ name, grant }) => [name, grant])).toEqual([
      ['planner', undefined],
      ['planner-2', 'planner'],
      ['agent-2', undefined],
    ]);
    expect(moveAgent(two, 2, -1).agents.map(({ name }) => name)).toEqual(['planner', 'agent-2', 'planner-2']);
  });

  it.each<[string, Parameters<typeof describePace>[0]]>([
    ['once', { call: 'a' }],
    ['×1,000 at once', { call: 'a', times: 1000 }],
    ['×100 over 4 s', { call: 'a', times: 100, over: '4s' }],
    ['×20, one every 40 ms', { call: 'a', times: 20, every: '40ms' }],
    ['×20, 90 a minute', { call: 'a', times: 20, ratePerMinute: 90 }],
  ])('says %s', (words, step) => {
    expect(describePace(step)).toBe(words);
  });
});
