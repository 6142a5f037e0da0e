import type { MomentSummary, RunSummary } from '../../workers/engine-api.ts';

/**
 * The moment of the run that the page shows, in ms since the epoch; null shows its end. `call` is the last one made by
 * then, -1 for none, null while it is not known.
 */
export class Clock {
  atMs = $state<number | null>(null);
  call = $state<number | null>(null);
  /** What a run had come to at the moment, and the call of it, that was asked about last. */
  told = $state.raw<{
    readonly run: RunSummary;
    readonly call: number | null;
    readonly summary: MomentSummary;
  } | null>(null);

  /** Stands at the end again, where the whole run shows. */
  leave(): void {
    this.atMs = null;
    this.call = null;
  }
}
