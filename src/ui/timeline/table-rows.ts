import type { Timeline, TimelineLane } from '../../../workers/engine-api.ts';
import { OUTCOME_NAMES } from '../../core/simulator/columns.ts';
import { type Steps, valueAt } from './counter-line.ts';
import { laneKey } from './rows.ts';

/** Spans of time that rows stand for: `rows` spans of `stepMs`, the first from `fromMs`. */
export interface RowSpans {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly rows: number;
}

/** Calls of one lane in `fromMs` ≤ t < `toMs`; `counts` in the order of outcome codes. */
export interface CallsRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly key: string;
  readonly lane: TimelineLane;
  readonly calls: number;
  readonly counts: readonly number[];
}

/** What a counter holds at the end of a span, before anything that happens at that instant. */
export interface CounterRow {
  readonly atMs: number;
  readonly counter: string;
  readonly rule: string;
  readonly owner: string;
  readonly used: number;
  readonly max: number;
}

/** Tickets valid at the end of a span, before anything that happens at that instant. */
export interface TicketsRow {
  readonly atMs: number;
  readonly valid: number;
}

/** Rows by time, then lane; spans without calls have none. The timeline's first bins are the spans. */
export function tableRows(timeline: Pick<Timeline, 'lanes' | 'bins'>, spans: RowSpans): CallsRow[] {
  const found: CallsRow[] = [];
  for (let row = 0; row < spans.rows; row++) {
    for (const lane of timeline.lanes) {
      const counts = OUTCOME_NAMES.map((_, outcome) => lane.counts[outcome * timeline.bins + row] ?? 0);
      const calls = counts.reduce((sum, count) => sum + count, 0);
      const fromMs = spans.fromMs + row * spans.stepMs;
      if (calls > 0) found.push({ fromMs, toMs: fromMs + spans.stepMs, key: laneKey(lane), lane, calls, counts });
    }
  }
  return found;
}

/** Ends of spans, up to the span that holds `lastMs`. */
function* endsOf({ fromMs, stepMs, rows }: RowSpans, lastMs: number): Generator<number> {
  for (let row = 0; row < rows && fromMs + row * stepMs <= lastMs; row++) yield fromMs + (row + 1) * stepMs;
}

/** What a number was just before an instant. why: amounts fall away at the very instant a window ends. */
function valueBefore(steps: Steps, atMs: number): number {
  return valueAt(steps, atMs - 0.001);
}

/** Rows by time, then counter, up to the span that holds `lastMs`; counters that never held anything have none. */
export function counterRows(timeline: Pick<Timeline, 'counters'>, spans: RowSpans, lastMs: number): CounterRow[] {
  const used = timeline.counters.filter((counter) => counter.used.some((value) => value !== 0));
  return [...endsOf(spans, lastMs)].flatMap((atMs) =>
    used.map((counter) => {
      const { counter: name, rule, owner, max } = counter;
      return { atMs, counter: name, rule, owner, used: valueBefore(counter, atMs), max };
    }),
  );
}

/** Rows by time, up to the span that holds `lastMs`; none for a run that issued no ticket. */
export function ticketRows({ tickets }: Pick<Timeline, 'tickets'>, spans: RowSpans, lastMs: number): TicketsRow[] {
  if (tickets === undefined) return [];
  return [...endsOf(spans, lastMs)].map((atMs) => ({ atMs, valid: valueBefore(tickets, atMs) }));
}
