import { expect, test } from 'vitest';
import { TimelineFeed, type TimelineSource } from '../../../src/ui/timeline/timeline-feed.svelte.ts';
import type { Timeline } from '../../../workers/engine-api.ts';

type Reply = Awaited<ReturnType<TimelineSource['timeline']>>;

/** A source that answers when told to, and frames that come when told to. */
function byHand() {
  const asked: number[] = [];
  const frames: (() => void)[] = [];
  let answer: (reply: Reply) => void = () => undefined;
  const source: TimelineSource = {
    timeline: (request) => {
      asked.push(request.fromMs);
      return new Promise((resolve) => (answer = resolve));
    },
  };
  const feed = new TimelineFeed(source, (task) => void frames.push(task));
  const want = (fromMs: number) => feed.want({ runId: 1, fromMs, toMs: fromMs + 100, bins: 10 });
  return { asked, feed, want, frame: () => frames.shift()?.(), reply: (reply: Reply) => answer(reply) };
}

function timeline(fromMs: number): Reply {
  const value: Timeline = { fromMs, toMs: fromMs + 100, bins: 10, lanes: [], counters: [], boundaries: [] };
  return { kind: 'ok', value: { kind: 'ok', value } };
}

test('wishes of one frame are one question, the newest', () => {
  const { asked, want, frame } = byHand();
  want(1);
  want(2);
  want(3);
  expect(asked).toEqual([]);
  frame();
  expect(asked).toEqual([3]);
});

test('while a question is open, further wishes wait and the newest is asked next', async () => {
  const { asked, feed, want, frame, reply } = byHand();
  want(1);
  frame();
  want(2);
  want(3);
  reply(timeline(1));
  await expect.poll(() => feed.data?.fromMs).toBe(1);
  frame();
  expect(asked).toEqual([1, 3]);
});

test('what is on screen stays while the next answer is awaited, and when the run is gone', async () => {
  const { feed, want, frame, reply } = byHand();
  want(1);
  frame();
  reply(timeline(1));
  await expect.poll(() => feed.data?.fromMs).toBe(1);
  want(2);
  frame();
  reply({ kind: 'ok', value: { kind: 'gone' } });
  await expect.poll(() => feed.gone).toBe(true);
  expect(feed.data?.fromMs).toBe(1);
  want(3);
  frame();
  reply(timeline(3));
  await expect.poll(() => feed.gone).toBe(false);
});
