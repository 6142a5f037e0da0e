import { beforeEach, describe, expect, test, vi } from 'vitest';
import { answerOf, openDatabase, transact } from '../../../src/state/database.ts';
import { unpackWork } from '../../../src/state/packed-work.ts';
import { ProjectStore } from '../../../src/state/project-store.ts';
import { SavedWork } from '../../../src/state/saved-work.svelte.ts';
import { keyOf, PROJECT_KEY, WORK_KEY } from '../../../src/state/work-keys.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import { SEED } from '../shell/open-playground.ts';

const policy = (text: string): Work => ({ ...SEED, policyText: text });
const open = (id = 'mine') => new ProjectStore(localStorage, { id, raw: null });
const state = (text: string, atMs: number, isStep = false) => ({ work: policy(text), atMs, isStep, before: null });

/** Policies of a project's history, the newest first. */
async function texts(store: ProjectStore, id: string): Promise<readonly (string | undefined)[]> {
  const history = await store.history(id);
  const works = await Promise.all(history.map(({ packed }) => unpackWork(packed)));
  return works.map((work) => work?.policyText);
}

beforeEach(async () => {
  await open().clear(sessionStorage);
});

test('entries that something else wrote are listed as far as they fit', async () => {
  const store = open();
  await store.keep('a', state('1', 5));
  const database = await openDatabase('policy-playground', 1, () => undefined);
  await transact(database, ['projects'], 'readwrite', (all) =>
    answerOf(all.objectStore('projects').put({ id: 'odd', name: 5, title: { a: 1 }, atMs: 'x' })),
  );
  database.close();
  expect(await store.list()).toEqual([
    { id: 'a', name: '', title: SEED.title, atMs: 5 },
    { id: 'odd', name: '', title: '', atMs: 0 },
  ]);
});

describe('history', () => {
  test('gathers typing, and keeps what came whole and what followed a pause', async () => {
    const store = open();
    await store.keep('a', { ...state('1', 0), before: SEED });
    await store.keep('a', state('12', 5_000));
    await store.keep('a', state('other file', 6_000, true));
    await store.keep('a', state('other file, edited', 7_000));
    await store.keep('a', state('after a pause', 60_000));
    expect(await texts(store, 'a')).toEqual([
      'after a pause',
      'other file, edited',
      'other file',
      '12',
      SEED.policyText,
    ]);
    expect((await store.history('a')).map(({ n }) => n)).toEqual([4, 3, 2, 1, 0]);
  });

  test('holds no state twice in a row, and at least 50', async () => {
    const store = open();
    for (let i = 0; i < 60; i++) {
      await store.keep('a', state(`text ${i}`, i * 60_000));
      await store.keep('a', state(`text ${i}`, i * 60_000 + 30_000));
    }
    const kept = await texts(store, 'a');
    expect(kept).toHaveLength(60);
    expect(kept[0]).toBe('text 59');
  });

  test('never grows past its bound, and its numbers go on', async () => {
    const store = open();
    for (let i = 0; i < 205; i++) await store.keep('a', state(`text ${i}`, i * 60_000));
    const history = await store.history('a');
    expect(history).toHaveLength(200);
    expect(history.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, i) => 204 - i));
    await store.keep('a', state('one more', 300 * 60_000));
    expect((await store.history('a')).map(({ n }) => n).at(-1)).toBe(6);
  });

  test('written by two at once loses neither', async () => {
    const [one, two] = [open('a'), open('a')];
    const jobs = Array.from({ length: 5 }, (_, i) => [
      one.keep('a', state(`one ${i}`, i * 60_000, true)),
      two.keep('a', state(`two ${i}`, i * 60_000, true)),
    ]);
    expect(await Promise.all(jobs.flat())).toEqual(Array.from({ length: 10 }, () => true));
    const kept = await texts(one, 'a');
    expect(new Set(kept)).toEqual(new Set(Array.from({ length: 5 }, (_, i) => [`one ${i}`, `two ${i}`]).flat()));
  });
});

describe('projects', () => {
  test('are listed by their last edit, renamed and deleted', async () => {
    const store = open();
    await store.keep('a', state('a', 1));
    await store.keep('b', { ...state('b', 2), work: { ...policy('b'), title: 'Second' } });
    expect((await store.list()).map(({ id, title }) => [id, title])).toEqual([
      ['b', 'Second'],
      ['a', SEED.title],
    ]);
    await store.rename('a', 'Called first');
    await store.keep('a', state('a, edited', 100_000));
    expect((await store.list())[0]).toMatchObject({ id: 'a', name: 'Called first', atMs: 100_000 });
    localStorage.setItem(PROJECT_KEY, 'a');
    localStorage.setItem(keyOf('a'), '{}');
    await store.remove('a');
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
    expect(await store.history('a')).toEqual([]);
    expect(localStorage.getItem(keyOf('a'))).toBeNull();
    expect(localStorage.getItem(PROJECT_KEY)).toBe('b');
  });

  test('that were left behind are taken in when the store is opened', async () => {
    localStorage.setItem(PROJECT_KEY, 'newest');
    localStorage.setItem(keyOf('newest'), JSON.stringify({ ...policy('newest'), savedAt: 5 }));
    localStorage.setItem(keyOf('other'), JSON.stringify({ ...policy('other'), savedAt: 4 }));
    localStorage.setItem(keyOf('broken'), '{"policyText":');
    localStorage.setItem(WORK_KEY, JSON.stringify(policy('from before')));
    const store = open();
    expect((await store.list()).map(({ id, atMs }) => [id, atMs])).toEqual([
      ['newest', 5],
      ['other', 4],
      ['first', 0],
    ]);
    expect(await texts(store, 'first')).toEqual(['from before']);
    expect(Object.keys(localStorage).sort()).toEqual([PROJECT_KEY, keyOf('broken'), keyOf('newest')].sort());
  });

  test('are gone everywhere once everything is cleared', async () => {
    const store = open();
    await store.keep('a', state('a', 1));
    localStorage.setItem('policy-playground/preferences', '{}');
    localStorage.setItem('someone else', 'stays');
    await store.clear(sessionStorage);
    expect(await store.list()).toEqual([]);
    expect(await store.history('a')).toEqual([]);
    expect(Object.keys(localStorage)).toEqual(['someone else']);
    localStorage.removeItem('someone else');
  });
});

describe('a tab', () => {
  const visit = () => new SavedWork(localStorage, sessionStorage);

  async function edit(saved: SavedWork, text: string): Promise<ProjectStore> {
    saved.note(policy(text));
    saved.flush();
    const store = await saved.store();
    await store.list();
    return store;
  }

  test('keeps what it began with and every edit', async () => {
    const saved = visit();
    await saved.load(SEED);
    saved.opened(SEED, false);
    const store = await edit(saved, 'mine');
    expect(await texts(store, saved.id)).toEqual(['mine', SEED.policyText]);
  });

  test('takes the state before its first edit into the history, though no visit brought it there', async () => {
    localStorage.setItem(WORK_KEY, JSON.stringify(policy('from before')));
    const saved = visit();
    expect((await saved.load(SEED))?.policyText).toBe('from before');
    expect(localStorage.getItem(WORK_KEY)).toBeNull();
    const store = await edit(saved, 'edited');
    expect(await texts(store, saved.id)).toEqual(['edited', 'from before']);
  });

  test('beside another goes on with a copy, and both are kept', async () => {
    const first = visit();
    await first.load(SEED);
    first.opened(SEED, false);
    await edit(first, 'first tab');
    sessionStorage.clear();
    const second = visit();
    expect((await second.load(SEED))?.policyText).toBe('first tab');
    expect(second.id).not.toBe(first.id);
    const store = await edit(second, 'second tab');
    await edit(first, 'first tab, on');
    expect(await texts(store, second.id)).toEqual(['second tab', 'first tab']);
    expect((await texts(store, first.id))[0]).toBe('first tab, on');
    expect(first.trouble).toBeNull();
  });

  test('that meets the state of another says so once and keeps both', async () => {
    const saved = visit();
    await saved.load(SEED);
    saved.opened(SEED, false);
    await edit(saved, 'mine');
    const { id } = saved;
    const theirs = JSON.stringify({ ...policy('theirs'), savedAt: 9 });
    localStorage.setItem(keyOf(id), theirs);
    await edit(saved, 'mine, on');
    expect(saved.trouble).toBe('conflict');
    expect(saved.id).not.toBe(id);
    expect(localStorage.getItem(keyOf(id))).toBe(theirs);
    saved.trouble = null;
    localStorage.setItem(keyOf(saved.id), theirs);
    await edit(saved, 'mine, on and on');
    expect(saved.trouble).toBeNull();
  });

  test('goes on from the store where the state did not fit in the other storage', async () => {
    const saved = visit();
    await saved.load(SEED);
    saved.opened(SEED, false);
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation((key) => {
      if (key.startsWith(WORK_KEY)) throw new DOMException('full', 'QuotaExceededError');
    });
    await edit(saved, 'large');
    full.mockRestore();
    expect(saved.trouble).toBeNull();
    localStorage.setItem(PROJECT_KEY, saved.id);
    expect((await visit().load(SEED))?.policyText).toBe('large');
  });

  test('goes on in another project, and back', async () => {
    const saved = visit();
    await saved.load(SEED);
    saved.opened(SEED, false);
    await edit(saved, 'one');
    const { id } = saved;
    saved.adopt(policy('two'));
    expect(saved.id).not.toBe(id);
    const store = await edit(saved, 'two, edited');
    await saved.goOn(id, policy('one'));
    expect(saved.id).toBe(id);
    await edit(saved, 'one, edited');
    expect((await texts(store, id))[0]).toBe('one, edited');
    expect((await store.list()).map(({ id: listed }) => listed)[0]).toBe(id);
    expect(await store.list()).toHaveLength(2);
    expect(localStorage.getItem(PROJECT_KEY)).toBe(id);
    expect(saved.trouble).toBeNull();
  });
});
