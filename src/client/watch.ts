const PING_EVERY_MS = 400;
const SILENCE_MS = 1400;

/** A watch that is kept on one worker. */
export interface Watch {
  /** True once the worker has answered. */
  alive(): boolean;
  stop(): void;
}

/** Timers as the watch needs them; tests drive their own. */
export interface WatchClock {
  now(): number;
  every(ms: number, tick: () => void): () => void;
}

const pageClock: WatchClock = {
  now: () => performance.now(),
  every: (ms, tick) => {
    const id = setInterval(tick, ms);
    return () => {
      clearInterval(id);
    };
  },
};

/**
 * Calls `onLost` once when a worker fails to load, throws, or leaves a ping unanswered for 1.4 s, so that a dead or
 * hung worker is noticed within 2 s. Silence is measured from the first answer on: loading over a slow network is no
 * hang. A page that was itself suspended (hidden tab, sleep, blocked thread) starts counting anew. `patienceMs`: how much
 * more silence is no fault, since the worker reads a large text in one piece.
 */
export function watchWorker(
  worker: Pick<Worker, 'addEventListener'>,
  ping: () => Promise<unknown>,
  onLost: () => void,
  clock: WatchClock = pageClock,
  patienceMs: () => number = () => 0,
): Watch {
  let stopped = false;
  let asked = -1;
  let alive = false;
  let lastTick = clock.now();
  const lose = (): void => {
    if (stopped) return;
    stop();
    onLost();
  };
  const ask = (): void => {
    asked = clock.now();
    ping().then(() => {
      alive = true;
      asked = -1;
    }, lose);
  };
  const tick = (): void => {
    const now = clock.now();
    // why: a late tick means that the page slept too, and the answer may be waiting behind this very task.
    if (now - lastTick > 2 * PING_EVERY_MS && asked >= 0) asked = now;
    lastTick = now;
    if (asked < 0) ask();
    else if (alive && now - asked >= SILENCE_MS + patienceMs()) lose();
  };
  const cancelTimer = clock.every(PING_EVERY_MS, tick);
  const stop = (): void => {
    stopped = true;
    cancelTimer();
  };
  worker.addEventListener('error', lose);
  worker.addEventListener('messageerror', lose);
  ask();
  return { alive: () => alive, stop };
}
