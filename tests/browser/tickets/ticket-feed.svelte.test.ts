import { expect, test } from 'vitest';
import { TicketFeed } from '../../../src/ui/tickets/ticket-feed.svelte.ts';
import { draftAt, loaderOf } from './drafts.ts';

test('fetches whole pages once, and none beyond the end', async () => {
  const asked: [number, number][] = [];
  const feed = new TicketFeed(loaderOf(450, asked), 450);
  feed.want(190, 210);
  feed.want(0, 399);
  feed.want(440, 9999);
  await expect.poll(() => feed.at(449)).toEqual(draftAt(449));
  expect(asked).toEqual([
    [0, 200],
    [200, 200],
    [400, 50],
  ]);
  expect(feed.at(450)).toBeNull();
});

test('keeps a bounded number of tickets, and fetches dropped ones again', async () => {
  const feed = new TicketFeed(loaderOf(1_000_000), 1_000_000);
  for (let page = 0; page <= 50; page++) {
    feed.want(page * 200, page * 200);
    await expect.poll(() => feed.at(page * 200), { interval: 1 }).not.toBeNull();
  }
  expect(feed.at(0)).toBeNull();
  feed.want(0, 0);
  await expect.poll(() => feed.at(0)).toEqual(draftAt(0));
});

test('finds the ticket of a call in a few questions', async () => {
  const asked: [number, number][] = [];
  const feed = new TicketFeed(loaderOf(1_000_000, asked), 1_000_000);
  expect(await feed.find(2 * 777_777)).toBe(777_777);
  expect(asked.length).toBeLessThanOrEqual(20);
  expect(await feed.find(5)).toBe(-1);
});

test('says that a run is gone', async () => {
  const feed = new TicketFeed(() => Promise.resolve([]), 10);
  feed.want(0, 9);
  await expect.poll(() => feed.lost).toBe(true);
  const broken = new TicketFeed(() => Promise.reject(new Error('gone')), 10);
  expect(await broken.find(3)).toBe(-1);
  expect(broken.lost).toBe(true);
});
