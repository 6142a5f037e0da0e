import type { TimelineRequest } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { TimelineFeed } from './timeline-feed.svelte.ts';
import { clampSpan, fitSpan, lengthOf, msAt, panSpan, spanShowing, zoomSpan, type Span } from './time-span.ts';
import { stepFor } from './time-ticks.ts';

/** How the timeline is shown: single calls while they fit, always columns, or rows of a table. */
export type TimelineMode = 'marks' | 'density' | 'table';

/** Asked for on both sides of what is in view, so that a pan has something to show at once. */
const MARGIN = 0.25;
const PX_PER_BIN = 2;
const MOST_BINS = 4096;
/** Width for which rows of the table are cut: about ten spans of time. */
const TABLE_PX = 1000;

/** Spans of time that rows of the table stand for: aligned to round times, covering the view. */
export function tableSpan(span: Span): { readonly fromMs: number; readonly stepMs: number; readonly rows: number } {
  const stepMs = stepFor(span, TABLE_PX);
  const fromMs = Math.floor(span.fromMs / stepMs) * stepMs;
  return { fromMs, stepMs, rows: Math.floor((span.toMs - fromMs) / stepMs) + 1 };
}

/** What part of a run is on screen, and the worker's answer for it. */
export class TimelineView {
  readonly #playground: Playground;
  readonly feed: TimelineFeed;
  mode = $state<TimelineMode>('marks');
  /** What a lane stands for. */
  by = $state<'tool' | 'agent'>('tool');
  /** True while a drag selects a stretch instead of panning. */
  brushing = $state(false);
  /** A stretch being dragged out; not selected before the drag ends. */
  draft = $state.raw<Span | null>(null);
  /** Width of the plot in CSS px; 0 before it is laid out. */
  width = $state(0);
  /** Null: as wide as the run. */
  #chosen = $state.raw<Span | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
    this.feed = new TimelineFeed(playground.client);
  }

  whole: Span = $derived.by(() => {
    const summary = this.#playground.run.summary;
    return summary === null || summary.calls === 0
      ? { fromMs: 0, toMs: 1000 }
      : fitSpan(summary.firstMs, summary.lastMs);
  });

  span: Span = $derived(this.#chosen === null ? this.whole : clampSpan(this.#chosen, this.whole));

  /** The request for what is on screen; null when there is nothing to ask. */
  request: TimelineRequest | null = $derived.by(() => {
    const summary = this.#playground.run.summary;
    if (summary === null || summary.calls === 0) return null;
    const { runId } = summary;
    const asked = { runId, by: this.by, ...(this.stretch && { stretch: this.stretch }) };
    if (this.mode === 'table') {
      const { fromMs, stepMs, rows } = tableSpan(this.span);
      // why: the worker counts calls at the very end into the last bin; one more bin keeps them out of the last row.
      return { ...asked, fromMs, toMs: fromMs + (rows + 1) * stepMs, bins: rows + 1 };
    }
    if (this.width === 0) return null;
    const margin = lengthOf(this.span) * MARGIN;
    const bins = Math.min(MOST_BINS, Math.ceil((this.width * (1 + 2 * MARGIN)) / PX_PER_BIN));
    return { ...asked, fromMs: this.span.fromMs - margin, toMs: this.span.toMs + margin, bins };
  });

  /** The stretch that is selected: it is the one the audit log is filtered to. */
  stretch: Span | null = $derived.by(() => {
    const { fromMs, toMs } = this.#playground.selection.filter;
    return fromMs === undefined || toMs === undefined ? null : { fromMs, toMs };
  });

  /** Selects the stretch between two instants, whole milliseconds, or nothing. */
  select(aMs: number | null, bMs: number | null): void {
    const { selection } = this.#playground;
    const { outcomes, tools, grants, rules, text } = selection.filter;
    const filter = { outcomes, tools, grants, rules, text };
    if (aMs === null || bMs === null) {
      if (this.stretch !== null) selection.filter = filter;
      return;
    }
    const fromMs = Math.floor(Math.min(aMs, bMs));
    const toMs = Math.max(Math.ceil(Math.max(aMs, bMs)), fromMs + 1);
    selection.filter = { ...filter, fromMs, toMs };
  }

  get fitted(): boolean {
    return this.#chosen === null;
  }

  /** Shows the whole run. */
  fit(): void {
    this.#chosen = null;
  }

  /** Zooms by a factor around a place of the plot, its middle unless said otherwise. */
  zoom(factor: number, x = this.width / 2): void {
    const around = this.width === 0 ? (this.span.fromMs + this.span.toMs) / 2 : msAt(this.span, this.width, x);
    this.#chosen = clampSpan(zoomSpan(this.span, factor, around), this.whole);
  }

  /** Moves by px; positive shows later times. */
  pan(px: number): void {
    if (this.width > 0) this.#chosen = clampSpan(panSpan(this.span, px / this.width), this.whole);
  }

  /** Pans, if need be, until an instant is between two places of the plot. */
  show(atMs: number, leftPx: number, rightPx: number): void {
    if (this.width === 0) return;
    const next = spanShowing(this.span, this.width, atMs, leftPx, rightPx);
    if (next !== this.span) this.#chosen = clampSpan(next, this.whole);
  }

  /** Shows a stretch of the run with air around it. */
  showSpan(fromMs: number, toMs: number): void {
    this.#chosen = clampSpan(fitSpan(fromMs, toMs), this.whole);
  }
}
