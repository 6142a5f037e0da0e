import { describe, expect, it } from 'vitest';
import { boundaryLines, pastBands, windowLength, type Boundary } from '../../../src/ui/timeline/boundary-labels.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = Date.UTC(2026, 0, 2);

/** Every minute of a stretch, hours and the day named where they start. */
function minutes(fromMs: number, toMs: number): Boundary[] {
  const found: Boundary[] = [];
  for (let atMs = Math.ceil(fromMs / MINUTE) * MINUTE; atMs <= toMs; atMs += MINUTE) {
    const starts = ['minute'];
    if (atMs % HOUR === 0) starts.push('hour');
    if (atMs === DAY) starts.push('day');
    found.push({ atMs, starts });
  }
  return found;
}

describe('boundary lines', () => {
  it('name everything that starts, with the date at midnight', () => {
    const span = { fromMs: DAY - 2000, toMs: DAY + 2000 };
    const [line] = boundaryLines(minutes(span.fromMs, span.toMs), span, 640);
    expect(line?.label).toBe('2 Jan 00:00:00 minute, hour, day');
    expect(line?.x).toBe(320);
  });

  it('shorten to the time where there is no room', () => {
    const span = { fromMs: DAY - 2000, toMs: DAY + 2000 };
    expect(boundaryLines(minutes(span.fromMs, span.toMs), span, 320)[0]?.label).toBe('2 Jan 00:00:00');
  });

  it('label every minute while labels are 64 px apart', () => {
    const span = { fromMs: DAY - 4 * MINUTE, toMs: DAY + 4 * MINUTE };
    const lines = boundaryLines(minutes(span.fromMs, span.toMs), span, 8 * 66);
    expect(lines).toHaveLength(9);
    expect(lines.every(({ label }) => label !== null)).toBe(true);
  });

  it('label the longest window only when they are closer', () => {
    const span = { fromMs: DAY - 30 * MINUTE, toMs: DAY + 40 * MINUTE };
    const lines = boundaryLines(minutes(span.fromMs, span.toMs), span, 640);
    expect(lines).toHaveLength(71);
    expect(lines.filter(({ label }) => label !== null).map(({ atMs }) => atMs)).toEqual([DAY]);
  });

  it('draw no line closer than 8 px to the next', () => {
    const span = { fromMs: DAY - 12 * HOUR, toMs: DAY + 12 * HOUR };
    const lines = boundaryLines(minutes(span.fromMs, span.toMs), span, 640);
    expect(lines).toHaveLength(25);
    expect(lines.filter(({ label }) => label !== null).map(({ atMs }) => atMs)).toEqual([DAY]);
  });

  it('spread labels of one length greedily', () => {
    const every = Array.from({ length: 20 }, (_, i) => ({ atMs: i * 90_000, starts: ['every 90 s'] }));
    const lines = boundaryLines(every, { fromMs: 0, toMs: 20 * 90_000 }, 400);
    const labelled = lines.filter(({ label }) => label !== null).map(({ x }) => x);
    expect(labelled).toEqual([0, 80, 160, 240, 320]);
  });
});

describe('window names', () => {
  it.each([
    ['minute', MINUTE],
    ['hour', HOUR],
    ['day', 24 * HOUR],
    ['every 90 s', 90_000],
    ['constructor', 0],
  ])('%s lasts %i ms', (name, ms) => {
    expect(windowLength(name)).toBe(ms);
  });
});

describe('past windows', () => {
  const span = { fromMs: DAY - 3 * MINUTE, toMs: DAY + MINUTE };
  const boundaries = minutes(span.fromMs, span.toMs);

  it('alternate, counted back from the window of the last call', () => {
    expect(pastBands(boundaries, span, 400, DAY + 1000)).toEqual([
      { fromX: 0, toX: 100 },
      { fromX: 200, toX: 300 },
    ]);
  });

  it('end with the last call', () => {
    expect(pastBands(boundaries, span, 400, DAY - 3 * MINUTE + 1)).toEqual([]);
  });

  it('are left out when too narrow to tell apart', () => {
    expect(pastBands(boundaries, span, 20, DAY + 1000)).toEqual([]);
  });
});
