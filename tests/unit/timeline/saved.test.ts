import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timeline, TimelineLane } from '../../../workers/engine-api.ts';
import { columnsOf, histogramOf } from '../../../src/ui/timeline/histogram.ts';
import { rowsBelow, type Row } from '../../../src/ui/timeline/rows.ts';
import { SvgPen } from '../../../src/ui/timeline/svg-pen.ts';
import { timelineCsv } from '../../../src/ui/timeline/timeline-csv.ts';

const lane: TimelineLane = {
  tool: '=cmd, "x"',
  grants: ['planner'],
  calls: 3,
  counts: Uint32Array.from([2, 0, 0, 1, 0, 0, 0, 0]),
  marks: null,
};
const timeline: Timeline = {
  fromMs: 0,
  toMs: 2000,
  bins: 2,
  lanes: [
    lane,
    {
      ...lane,
      tool: '',
      agent: { grant: 'settler', session: 's1', waits: [{ kind: 'retry', fromMs: 10, toMs: 260 }] },
      counts: new Uint32Array(8),
    },
  ],
  counters: [
    {
      counter: 'rate',
      rule: 'r',
      pointer: 'p',
      owner: 'planner',
      tool: 't',
      max: 30,
      windowMs: 60_000,
      atMs: Float64Array.from([0, 500]),
      used: Float64Array.from([0, 1.5]),
    },
  ],
  tickets: { atMs: Float64Array.from([0, 500]), used: Float64Array.from([0, 7]), most: 9 },
  boundaries: [{ atMs: 1000, starts: ['minute', 'hour'] }],
};

describe('data as CSV', () => {
  const rows = timelineCsv(timeline).split('\r\n');

  it('has a row per bin with calls, per wait, per change of a counter or of valid tickets, per boundary', () => {
    expect(rows).toEqual([
      'kind,from,to,tool,grant,session,what,value,max',
      `calls,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,"'=cmd, ""x""",planner,,allow,2,`,
      `calls,1970-01-01T00:00:01.000Z,1970-01-01T00:00:02.000Z,"'=cmd, ""x""",planner,,deny,1,`,
      'wait,1970-01-01T00:00:00.010Z,1970-01-01T00:00:00.260Z,,settler,s1,retry,250,',
      'counter,1970-01-01T00:00:00.000Z,,t,planner,,rate,0,30',
      'counter,1970-01-01T00:00:00.500Z,,t,planner,,rate,1.5,30',
      'tickets,1970-01-01T00:00:00.000Z,,issue_audit_ticket,,,tickets valid,0,',
      'tickets,1970-01-01T00:00:00.500Z,,issue_audit_ticket,,,tickets valid,7,',
      'boundary,1970-01-01T00:00:01.000Z,,,,,minute hour,,',
      '',
    ]);
  });
});

describe('a picture as SVG', () => {
  it('is made of vectors, and what people wrote cannot break out of it', () => {
    const pen = new SvgPen((text) => text.length);
    pen.fillStyle = 'rgb(1, 2, 3)';
    pen.fillRect(0, 1, 2.04, 3);
    pen.shift(10, 20, 30, 40);
    pen.setLineDash([4, 3]);
    pen.beginPath();
    pen.moveTo(1, 2);
    pen.lineTo(3, 4.06);
    pen.stroke();
    pen.back();
    pen.setLineDash([]);
    pen.globalAlpha = 0.5;
    pen.beginPath();
    pen.arc(5, 5, 2);
    pen.fill();
    pen.font = '600 11px "A"';
    pen.fillText('</text><script>&', 1, 2);
    expect(pen.toText(100, 50, 'a < b')).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50" role="img" aria-labelledby="t">',
        '<title id="t">a &lt; b</title>',
        '<rect x="0" y="1" width="2" height="3" fill="rgb(1, 2, 3)"/>',
        '<svg x="10" y="20" width="30" height="40" overflow="hidden">',
        '<path d="M1 2L3 4.1" fill="none" stroke="black" stroke-width="1" stroke-dasharray="4 3"/>',
        '</svg>',
        '<path d="M3 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0" fill="rgb(1, 2, 3)" fill-opacity="0.5"/>',
        '<text x="1" y="2" style="font:600 11px &quot;A&quot;" fill="rgb(1, 2, 3)" fill-opacity="0.5">',
        '&lt;/text&gt;&lt;script&gt;&amp;</text></svg>\n',
      ].join(''),
    );
  });
});

describe('columns of a chart', () => {
  it('reach as far as the bars of the histogram, whatever was counted', () => {
    const counted = fc.array(fc.nat({ max: 9 }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(counted, (counts) => {
        const data = { span: { fromMs: 0, toMs: 500 }, bins: 5, counts: Uint32Array.from(counts) };
        const columns = columnsOf(data, data.span);
        const { bars, highest } = histogramOf(data, data.span, 500);
        expect([columns.highest, columns.binMs, columns.fromMs]).toEqual([highest, 100, [0, 100, 200, 300, 400]]);
        const ends = [columns.allow, columns.deny, columns.approval, columns.hidden];
        for (const { x, outcome, y1 } of bars) expect(ends[outcome]?.[x / 100]).toBe(y1);
        expect(ends.flat().filter((end) => end !== null)).toHaveLength(bars.length);
      }),
    );
  });

  it('are those in view', () => {
    const data = { span: { fromMs: 0, toMs: 1000 }, bins: 10, counts: new Uint32Array(40) };
    expect(columnsOf(data, { fromMs: 250, toMs: 420 }).fromMs).toEqual([200, 300, 400, 500]);
  });
});

describe('lanes below the edge', () => {
  const row = (kind: 'lane' | 'fold', height: number): Row =>
    kind === 'lane'
      ? { kind, key: 'a', height, lane, sides: 'both' }
      : { kind, key: 'f', height, under: 'a', hidden: 1 };
  const rows = [row('lane', 80), row('fold', 32), row('lane', 28), row('lane', 28)];

  it.each([
    [0, 0, 0],
    [13, 0, 0],
    [15, 1, 0],
    [56, 2, 0],
    [88, 2, 1],
    [129, 3, 1],
  ])('%d px hide %d lanes and %d tracks', (hidden, lanes, tracks) => {
    expect(rowsBelow(rows, hidden)).toEqual({ lanes, tracks });
  });
});
