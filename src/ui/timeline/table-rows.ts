import type { Timeline, TimelineLane } from '../../../workers/engine-api.ts';
import { OUTCOME_NAMES } from '../../core/simulator/columns.ts';
import { valueAt } from './counter-line.ts';
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

/** Rows by time, then counter, up to the span that holds `lastMs`; counters that never held anything have none. */
export function counterRows(timeline: Pick<Timeline, 'counters'>, spans: RowSpans, lastMs: number): CounterRow[] {
  const used = timeline.counters.filter((counter) => counter.used.some((value) => value !== 0));
  const found: CounterRow[] = [];
  for (let row = 0; row < spans.rows; row++) {
    const fromMs = spans.fromMs + row * spans.stepMs;
    if (fromMs > lastMs) break;
    // why: amounts fall away at the very instant a window ends; the row tells what had been used until then.
    const atMs = fromMs + spans.stepMs;
    for (const counter of used) {
      const { counter: name, rule, owner, max } = counter;
      found.push({ atMs, counter: name, rule, owner, used: valueAt(counter, atMs - 0.001), max });
    }
  }
  return found;
}
