import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexAt, stepCorners, valueAt } from '../../../src/ui/timeline/counter-line.ts';
import { counterRows, tableRows, ticketRows } from '../../../src/ui/timeline/table-rows.ts';
import { GROUP_KEY, rowsOf, sidesOf, TICKET_TOOL } from '../../../src/ui/timeline/rows.ts';
import type { TimelineCounter, TimelineLane } from '../../../workers/engine-api.ts';

const steps = { atMs: Float64Array.of(100, 200, 500), used: Float64Array.of(1, 2, 0) };

function counter(tool: string, owner: string): TimelineCounter {
  return {
    counter: 'rate',
    rule: `/tools/${tool}/limits/rate`,
    pointer: '',
    owner,
    tool,
    max: 2,
    windowMs: 60_000,
    ...steps,
  };
}
function lane(tool: string, calls: number, counts: readonly number[] = []): TimelineLane {
  return { tool, grants: ['planner'], calls, counts: Uint32Array.from(counts), marks: null };
}
const outcomes = (allowed: number, denied: number) => ({
  calls: allowed + denied,
  allowed,
  denied,
  approvals: 0,
  hidden: 0,
});

describe('a counter’s line', () => {
  it('is flat between changes and upright at them', () => {
    expect(stepCorners(steps, { fromMs: 0, toMs: 1000 }, 1000)).toEqual([
      { x: 0, value: 0 },
      { x: 100, value: 0 },
      { x: 100, value: 1 },
      { x: 200, value: 1 },
      { x: 200, value: 2 },
      { x: 500, value: 2 },
      { x: 500, value: 0 },
      { x: 1000, value: 0 },
    ]);
  });

  it('starts with what the counter held before the view', () => {
    expect(stepCorners(steps, { fromMs: 300, toMs: 400 }, 100)).toEqual([
      { x: 0, value: 2 },
      { x: 100, value: 2 },
    ]);
  });

  it('is never a slope', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 30 }))), (points) => {
        const sorted = points.sort((a, b) => a[0] - b[0]);
        const line = {
          atMs: Float64Array.from(sorted, ([at]) => at),
          used: Float64Array.from(sorted, ([, used]) => used),
        };
        const corners = stepCorners(line, { fromMs: 0, toMs: 1000 }, 640);
        for (const [i, corner] of corners.entries()) {
          const before = corners[i - 1];
          if (before !== undefined) expect(corner.x === before.x || corner.value === before.value).toBe(true);
        }
      }),
    );
  });

  it('tells the value at an instant', () => {
    expect([99, 100, 499, 500].map((ms) => valueAt(steps, ms))).toEqual([0, 1, 2, 0]);
    expect(indexAt(steps.atMs, 50)).toBe(-1);
  });
});

describe('rows of the timeline', () => {
  const countsOf = ({ tool }: { readonly tool: string }) => (tool === 'a' ? outcomes(2, 1) : outcomes(0, 3));
  const rowsFrom = (lanes: readonly TimelineLane[], counters: readonly TimelineCounter[], unfolded: string[] = []) =>
    rowsOf({ lanes, counters, countsOf, unfolded: new Set(unfolded), narrow: false });

  it('put the counters of a tool under it, the rest at the end', () => {
    const rows = rowsFrom([lane('a', 3), lane('b', 3)], [counter('', 'planner'), counter('a', 'planner')]);
    expect(rows.map(({ kind }) => kind)).toEqual(['lane', 'counter', 'lane', 'counter']);
    expect(rows.map(({ height }) => height)).toEqual([80, 88, 56, 88]);
  });

  it('fold more than four counters of a tool until asked', () => {
    const counters = ['p', 'q', 'r', 's', 't', 'u'].map((owner) => counter('a', owner));
    const folded = rowsFrom([lane('a', 3)], counters);
    expect(folded.at(-1)).toMatchObject({ kind: 'fold', under: 'a', hidden: 2 });
    expect(rowsFrom([lane('a', 3)], counters, ['a'])).toHaveLength(7);
  });

  describe('and the tickets of a run', () => {
    const tickets = { ...steps, most: 2 };
    const withTickets = (
      lanes: readonly TimelineLane[],
      counters: readonly TimelineCounter[],
      unfolded: string[] = [],
    ) => rowsOf({ lanes, counters, tickets, countsOf, unfolded: new Set(unfolded), narrow: false });

    it('stand under the counters of the tool that issues them', () => {
      const rows = withTickets([lane(TICKET_TOOL, 3), lane('b', 3)], [counter(TICKET_TOOL, 'p'), counter('', 'p')]);
      expect(rows.map(({ kind }) => kind)).toEqual(['lane', 'counter', 'tickets', 'lane', 'counter']);
      expect(rows[2]).toMatchObject({ height: 40, tickets });
    });

    it('stand at the foot by agent', () => {
      const agent = { ...lane('', 3), agent: { grant: 'p', session: 's1', waits: [] } };
      const rows = withTickets([agent], [counter('a', 'p'), counter('a', 'q')]);
      expect(rows.map(({ kind }) => kind)).toEqual(['lane', 'counter', 'counter', 'tickets']);
    });

    it('fold with the counters where there are more than four', () => {
      const counters = ['p', 'q', 'r', 's', 't'].map((owner) => counter(TICKET_TOOL, owner));
      const lanes = [lane(TICKET_TOOL, 3)];
      expect(withTickets(lanes, counters.slice(1)).at(-1)?.kind).toBe('tickets');
      expect(withTickets(lanes, counters).at(-1)).toMatchObject({ kind: 'fold', under: TICKET_TOOL, hidden: 2 });
      expect(withTickets(lanes, counters, [TICKET_TOOL]).at(-1)?.kind).toBe('tickets');
    });

    it('keep a single call out of the row that others share', () => {
      const single = ['s', 't', 'u', 'v', TICKET_TOOL].map((tool) => lane(tool, 1));
      expect(withTickets(single, []).map(({ kind }) => kind)).toEqual(['lane', 'tickets', 'group']);
      expect(rowsFrom(single, []).map(({ kind }) => kind)).toEqual(['group']);
    });
  });

  it('put tools with a single call last, in a row they share until asked', () => {
    const single = ['s', 't', 'u', 'v'].map((tool) => lane(tool, 1));
    const lanes = [lane('a', 3), ...single, lane('b', 2)];
    const rows = rowsFrom(lanes, []);
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b', GROUP_KEY]);
    expect(rows.at(-1)).toMatchObject({ kind: 'group', lanes: single, open: false, sides: 'below' });
    const open = rowsFrom(lanes, [], [GROUP_KEY]);
    expect(open.map(({ key }) => key)).toEqual(['a', 'b', GROUP_KEY, 's', 't', 'u', 'v']);
  });

  it('leave three such tools, and those with a counter, a lane of their own', () => {
    const single = ['s', 't', 'u', 'v'].map((tool) => lane(tool, 1));
    expect(rowsFrom(single.slice(1), []).every(({ kind }) => kind === 'lane')).toBe(true);
    expect(rowsFrom(single, [counter('s', 'planner')]).map(({ kind }) => kind)).not.toContain('group');
  });

  it('know which side of the line a tool needs', () => {
    expect([outcomes(1, 0), outcomes(0, 1), outcomes(1, 1), undefined].map(sidesOf)).toEqual([
      'above',
      'below',
      'both',
      'both',
    ]);
  });
});

describe('rows of the table', () => {
  const timeline = {
    bins: 3,
    lanes: [lane('a', 4, [1, 2, 9, 0, 1, 0, 0, 0, 0, 0, 0, 0])],
    counters: [counter('a', 'planner')],
  };
  const spans = { fromMs: 0, stepMs: 500, rows: 2 };

  it('count each span’s calls; the bin beyond the last span is not read', () => {
    expect(tableRows(timeline, spans)).toMatchObject([
      { fromMs: 0, toMs: 500, key: 'a', calls: 1, counts: [1, 0, 0, 0] },
      { fromMs: 500, toMs: 1000, key: 'a', calls: 3, counts: [2, 1, 0, 0] },
    ]);
  });

  it('tell what a counter held just before a span ended', () => {
    expect(counterRows(timeline, spans, 600).map(({ atMs, used }) => [atMs, used])).toEqual([
      [500, 2],
      [1000, 0],
    ]);
    expect(counterRows(timeline, spans, 400)).toHaveLength(1);
  });

  it('tell how many tickets were valid just before a span ended; none in a run without tickets', () => {
    const tickets = { ...steps, most: 2 };
    expect(ticketRows({ tickets }, spans, 600)).toEqual([
      { atMs: 500, valid: 2 },
      { atMs: 1000, valid: 0 },
    ]);
    expect(ticketRows({}, spans, 600)).toEqual([]);
  });
});
