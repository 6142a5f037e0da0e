import type { WindowMode } from '../../engine/decision.ts';
import { windowStart } from '../../engine/window.ts';

/** Calls that fell into one window, for one grant. */
interface Track {
  startMs: number;
  count: number;
  /** Times of the calls still in a sliding window; null for the other kinds. */
  readonly times: number[] | null;
  /** Where in `times` the window begins. */
  from: number;
}

/** Finds the most calls of one tool that any grant made within one window, counted as limits count. */
export class BusiestWindow {
  readonly #windowMs: number;
  readonly #mode: WindowMode;
  readonly #tracks = new Map<string, Track>();
  most = 0;

  constructor(windowMs: number, mode: WindowMode) {
    this.#windowMs = windowMs;
    this.#mode = mode;
  }

  /** Takes in a call; calls come in order of time. */
  add(grant: string, atMs: number): void {
    const track = this.#trackOf(grant);
    if (track.times !== null) this.#slide(track, track.times, atMs);
    else this.#count(track, atMs);
    if (track.count > this.most) this.most = track.count;
  }

  #trackOf(grant: string): Track {
    let track = this.#tracks.get(grant);
    if (track === undefined) {
      track = { startMs: -Infinity, count: 0, times: this.#mode === 'sliding' ? [] : null, from: 0 };
      this.#tracks.set(grant, track);
    }
    return track;
  }

  #count(track: Track, atMs: number): void {
    if (atMs >= track.startMs + this.#windowMs) {
      track.startMs = this.#mode === 'calendar' ? windowStart(atMs, this.#windowMs) : atMs;
      track.count = 0;
    }
    track.count++;
  }

  #slide(track: Track, times: number[], atMs: number): void {
    times.push(atMs);
    while ((times[track.from] ?? atMs) + this.#windowMs <= atMs) track.from++;
    track.count = times.length - track.from;
    if (track.from > 1024 && track.from * 2 > times.length) {
      times.splice(0, track.from);
      track.from = 0;
    }
  }
}
