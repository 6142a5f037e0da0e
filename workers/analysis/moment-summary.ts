import { TOOL_NAMES } from '../../src/core/catalogue/tools.ts';
import { lowerBound } from '../../src/core/simulator/call-list.ts';
import {
  CounterBoard,
  type CounterAtMoment,
  denialPass,
  standCounters,
} from '../../src/core/simulator/counter-board.ts';
import { inOrder, metCounters } from '../../src/core/simulator/counter-record.ts';
import { momentAt } from '../../src/core/simulator/moment.ts';
import { replayNear, type TimedReplay } from '../../src/core/simulator/replay.ts';
import { entry } from '../../src/core/simulator/entry.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import { summarizeUntil } from '../../src/core/simulator/moment-summary.ts';
import { type TallyEntry, tallyPass } from '../../src/core/simulator/tally.ts';
import { callsUntil } from '../../src/core/simulator/world-view.ts';
import type { AnalysisAnswer, AnalysisRequest } from '../analysis-api.ts';
import type { RunRecord } from '../held-run.ts';
import { Abandoned, type Slices, STRIDE } from '../slices.ts';
import { markedOf } from './moment.ts';

type Asked = Pick<Extract<AnalysisRequest, { kind: 'moment-summary' }>, 'atMs' | 'call'>;

/** By record, so that a clock that plays goes on from where it was. */
const desks = new WeakMap<RunRecord, SummaryDesk>();

/** Tells what a run has come to at a moment of it. */
export async function summaryAt(record: RunRecord, moment: Asked, slices: Slices): Promise<AnalysisAnswer> {
  const desk = desks.get(record) ?? new SummaryDesk(record);
  desks.set(record, desk);
  try {
    return await desk.ask(moment, slices);
  } catch (error) {
    // why: a replay that broke off stands nowhere; one that was left alone goes on.
    if (!(error instanceof Abandoned)) desks.delete(record);
    throw error;
  }
}

/** Calls made by a moment: of those that share its millisecond, the ones up to `call`, if that is one of them. */
function madeBy(run: Run, atMs: number, call: number | undefined): number {
  const made = callsUntil(run, atMs);
  const { atMs: times } = run.columns;
  return call !== undefined && call < made && times[call] === times[made - 1] ? call + 1 : made;
}

/** Moves through one run with its clock; only a moment before the last one begins anew. */
class SummaryDesk {
  readonly #record: RunRecord;
  #tally: ReturnType<typeof tallyPass>;
  #tallied = 0;
  #board: CounterBoard;
  #replay: TimedReplay | null = null;
  #settledMs = -Infinity;
  #asked: Promise<unknown> = Promise.resolve();

  constructor(record: RunRecord) {
    this.#record = record;
    this.#tally = tallyPass(record.run);
    this.#board = new CounterBoard(record.run);
  }

  /** Questions wait for one another, since they share what they go on from. */
  ask(moment: Asked, slices: Slices): Promise<AnalysisAnswer> {
    const answered = this.#asked.then(() => this.#answer(moment, slices));
    this.#asked = answered.catch(() => undefined);
    return answered;
  }

  async #answer({ atMs, call }: Asked, slices: Slices): Promise<AnalysisAnswer> {
    const { run, tally, tickets } = this.#record;
    const made = madeBy(run, atMs, call);
    const calls = summarizeUntil(run, await this.#tallyTo(made, slices), tally, made, TOOL_NAMES);
    const { rows, more } = await this.#countersAt(atMs, made, slices);
    const { pending } = momentAt(run, await markedOf(run, slices), atMs, made - 1);
    const summary = {
      ...calls,
      atMs,
      counters: rows,
      moreCounters: more,
      tickets: lowerBound(tickets, tickets.length, made),
      pending,
    };
    return { kind: 'moment-summary', summary };
  }

  async #tallyTo(made: number, slices: Slices): Promise<readonly TallyEntry[]> {
    if (made < this.#tallied) {
      this.#tally = tallyPass(this.#record.run);
      this.#tallied = 0;
    }
    while (this.#tallied < made) {
      const to = Math.min(made, this.#tallied + STRIDE);
      this.#tally.add(this.#tallied, to);
      this.#tallied = to;
      await slices.pause();
    }
    return this.#tally.finish();
  }

  async #countersAt(
    atMs: number,
    made: number,
    slices: Slices,
  ): Promise<{ readonly rows: readonly CounterAtMoment[]; readonly more: number }> {
    const { run, tally } = this.#record;
    if (run.limits.length === 0) return { rows: [], more: 0 };
    await this.#replayTo(atMs, made, slices);
    const counters = inOrder(metCounters(run, tally));
    const standing = standCounters(run, counters, this.#board, atMs);
    const denials = denialPass(run, counters, standing, made);
    await slices.run([denials], denials.from, denials.to);
    return { rows: denials.finish(), more: counters.length - standing.length };
  }

  async #replayTo(atMs: number, made: number, slices: Slices): Promise<void> {
    const { run } = this.#record;
    const board = new CounterBoard(run);
    // why: what was settled cannot be taken back, neither for an earlier moment nor for a call made before that one.
    const nextMs = this.#replay && made > this.#replay.nextCall ? entry(run.columns.atMs, this.#replay.nextCall) : atMs;
    const going = Math.min(atMs, nextMs) < this.#settledMs ? null : this.#replay;
    const again = replayNear(run, going, made, board);
    if (again !== going) this.#board = board;
    this.#replay = again;
    // why: a replay that has gone through all calls goes on to the end of all windows; `decide` stops at its call.
    const last = run.columns.count - 1;
    await slices.replay(again, Math.min(made, last));
    if (made > last && again.nextCall === last) again.decide(last);
    again.settleUntil(atMs);
    this.#settledMs = atMs;
  }
}
