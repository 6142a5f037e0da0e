import type { Changes } from '../src/core/simulator/change-list.ts';
import { isFineEnough } from '../src/core/simulator/counter-tracks.ts';
import { drawTickets, mostValid, validPass, type ValidPass } from '../src/core/simulator/ticket-track.ts';
import { type TicketValidity, validityPass } from '../src/core/simulator/ticket-validity.ts';
import type { TicketTrack, View } from '../src/core/simulator/timeline.ts';
import type { RunRecord } from './held-run.ts';
import type { Slices } from './slices.ts';

interface Kept {
  readonly validity: TicketValidity;
  /** Changes before `untilMs`, thinned where there are many. */
  readonly changes: Changes;
  readonly untilMs: number;
  readonly most: number;
}

/** How many tickets of a run are valid over time, worked out when it is first asked for and kept. */
export class ValidTickets {
  readonly #record: Pick<RunRecord, 'run' | 'tickets'>;
  readonly #slices: () => Slices;
  #kept: Promise<Kept> | null = null;

  /** `slices` is asked for once for everybody who waits. */
  constructor(record: Pick<RunRecord, 'run' | 'tickets'>, slices: () => Slices) {
    this.#record = record;
    this.#slices = slices;
  }

  /** The step line in view; null for a run that issued no ticket. */
  async trackIn(view: View, slices: Slices): Promise<TicketTrack | null> {
    if (this.#record.tickets.length === 0) return null;
    this.#kept ??= this.#write();
    // why: what was given up with one question may be asked for again.
    this.#kept.catch(() => (this.#kept = null));
    const { validity, changes, untilMs, most } = await this.#kept;
    const isKept = view.toMs <= untilMs && isFineEnough(changes, view);
    const shown = isKept ? changes : await changesOf(validPass(validity, view.fromMs, view.toMs), slices);
    return drawTickets(shown, most, view);
  }

  async #write(): Promise<Kept> {
    const { run, tickets } = this.#record;
    const { atMs, count } = run.columns;
    const slices = this.#slices();
    const pass = validityPass(run, tickets);
    await slices.run([pass], 0, tickets.length);
    const validity = pass.finish();
    const [firstMs, lastMs] = [atMs[0] ?? 0, atMs[count - 1] ?? 0];
    // why: tickets may be valid for years after a run of minutes; thinned over all that, nothing would be left of it.
    const untilMs = lastMs + Math.max(1, lastMs - firstMs);
    const changes = await changesOf(validPass(validity, -Infinity, untilMs), slices);
    return { validity, changes, untilMs, most: mostValid(changes) };
  }
}

async function changesOf(pass: ValidPass, slices: Slices): Promise<Changes> {
  await slices.run([pass], pass.from, pass.to);
  return pass.finish();
}
