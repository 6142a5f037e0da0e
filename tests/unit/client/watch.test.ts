import { describe, expect, it } from 'vitest';
import { watchWorker, type WatchClock } from '../../../src/client/watch.ts';

/** A clock that only moves when told, and answers pings when told. */
class Stage {
  now = 0;
  lost = 0;
  patienceMs = 0;
  #tick: () => void = () => undefined;
  #next = 0;
  #everyMs = 0;
  #answer: (() => void) | null = null;
  readonly events = new EventTarget();

  readonly clock: WatchClock = {
    now: () => this.now,
    every: (ms, tick) => {
      this.#everyMs = ms;
      this.#next = ms;
      this.#tick = tick;
      return () => (this.#tick = () => undefined);
    },
  };

  readonly watch = watchWorker(
    this.events,
    () => new Promise<void>((resolve) => (this.#answer = resolve)),
    () => this.lost++,
    this.clock,
    () => this.patienceMs,
  );

  async pass(ms: number, answers: boolean): Promise<void> {
    const end = this.now + ms;
    while (this.#next <= end) {
      if (answers) await this.answer();
      this.now = this.#next;
      this.#next += this.#everyMs;
      this.#tick();
    }
    this.now = end;
    if (answers) await this.answer();
  }

  async answer(): Promise<void> {
    this.#answer?.();
    this.#answer = null;
    await Promise.resolve();
  }

  /** The page sleeps: no ticks, then one late one. */
  sleep(ms: number): void {
    this.now += ms;
    this.#next = this.now + this.#everyMs;
    this.#tick();
  }
}

describe('watching a worker', () => {
  it('waits longer for one that reads a large text', async () => {
    const stage = new Stage();
    await stage.pass(1000, true);
    stage.patienceMs = 5000;
    await stage.pass(6000, false);
    expect(stage.lost).toBe(0);
    await stage.pass(1200, false);
    expect(stage.lost).toBe(1);
  });

  it('leaves a worker alone that answers', async () => {
    const stage = new Stage();
    await stage.pass(60_000, true);
    expect(stage.lost).toBe(0);
    expect(stage.watch.alive()).toBe(true);
  });

  it('notices silence within 2 s, once', async () => {
    const stage = new Stage();
    await stage.pass(1000, true);
    await stage.pass(2000, false);
    expect(stage.lost).toBe(1);
    await stage.pass(10_000, false);
    expect(stage.lost).toBe(1);
  });

  it('waits for a worker that has not answered yet: it may still be loading', async () => {
    const stage = new Stage();
    await stage.pass(60_000, false);
    expect(stage.lost).toBe(0);
    expect(stage.watch.alive()).toBe(false);
  });

  it('notices an error at once, loading or not', () => {
    const stage = new Stage();
    stage.events.dispatchEvent(new Event('error'));
    expect(stage.lost).toBe(1);
  });

  it('counts anew after the page itself was asleep', async () => {
    const stage = new Stage();
    await stage.pass(800, true);
    await stage.pass(400, false);
    stage.sleep(60_000);
    expect(stage.lost).toBe(0);
    await stage.pass(2000, false);
    expect(stage.lost).toBe(1);
  });

  it('says nothing after it was stopped', async () => {
    const stage = new Stage();
    await stage.pass(800, true);
    stage.watch.stop();
    stage.events.dispatchEvent(new Event('error'));
    await stage.pass(10_000, false);
    expect(stage.lost).toBe(0);
  });
});
