import { expect, test } from 'vitest';
import { csvOf } from '../../../src/ui/charts/csv.ts';
import { limitFile } from '../../../src/ui/analysis/limit-file.ts';
import { storyFile } from '../../../src/ui/tickets/story-file.ts';
import { SvgPen } from '../../../src/ui/timeline/svg-pen.ts';
import type { Palette } from '../../../src/ui/timeline/palette.ts';
import type { ChartFile } from '../../../src/ui/charts/save-chart.ts';

const PALETTE = new Proxy({}, { get: (_, name) => `var(--${String(name)})` }) as Palette;

function svg({ picture }: ChartFile): string {
  const pen = new SvgPen((text) => text.length * 6);
  const { width, height, title, draw } = picture();
  draw(pen);
  return pen.toText(width, height, title);
}

test('rows are comma-separated; what a spreadsheet would run is text, quotes are doubled', () => {
  expect(csvOf([['a,b', 'say "x"', '=1+1', -2]])).toBe('"a,b","say ""x""",\'=1+1,-2\r\n');
});

test('the curve of a limit is saved with every point, and with its present max', () => {
  const points = [
    { max: 0, legitimate: 0, attack: 0 },
    { max: 10, legitimate: 12, attack: 40 },
  ];
  const file = limitFile({ points, max: 5 }, PALETTE);
  expect(file.csv()).toBe('max,legitimate,attack\r\n0,0,0\r\n10,12,40\r\n');
  const text = svg(file);
  expect(text).toContain('present max 5');
  expect(text.match(/stroke="var\(--(allow|deny)\)"/g)).toHaveLength(4);
});

test('lives of tickets are saved as steps: each value holds until the next', () => {
  const story = {
    atMs: Float64Array.of(0, 1000, 2000),
    valid: Uint32Array.of(0, 2, 4),
    room: null,
    moment: { atMs: 1000, valid: 2, untilMs: null, rooms: [] },
  };
  const file = storyFile(story, PALETTE);
  expect(file.csv().split('\r\n')).toEqual([
    'at,valid,policy lets issue',
    '1970-01-01T00:00:00.000Z,0,',
    '1970-01-01T00:00:01.000Z,2,',
    '1970-01-01T00:00:02.000Z,4,',
    '',
  ]);
  expect(svg(file)).toContain('M56 272L496 272L496 164L936 164L936 56');
});
