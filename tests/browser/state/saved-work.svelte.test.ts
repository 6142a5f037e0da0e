import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SavedWork } from '../../../src/state/saved-work.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import { SEED } from '../shell/open-playground.ts';

const KEY = 'policy-playground/work';
const mine: Work = { ...SEED, title: 'Mine', policyText: '{"mine":1}', windows: 'sliding' };
const theirs: Work = { ...SEED, title: 'Theirs', policyText: '{"theirs":1}' };
const edited: Work = { ...theirs, policyText: '{"edited":1}' };

/** Newest state of the newest project. */
function stored(): unknown {
  const id = localStorage.getItem('policy-playground/project');
  const state = JSON.parse(localStorage.getItem(`${KEY}/${String(id)}`) ?? 'null') as
    (Work & { savedAt: number }) | null;
  if (state === null) return null;
  const { savedAt: _, ...work } = state;
  return work;
}
const visit = () => new SavedWork(localStorage, sessionStorage);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe('saved work', () => {
  test('is there on the next visit, to the letter', async () => {
    const saved = visit();
    expect(await saved.load(SEED)).toBeNull();
    saved.opened(SEED, false);
    saved.note(mine);
    saved.flush();
    expect(await visit().load(SEED)).toEqual(mine);
  });

  test('is nothing as long as nobody edits what was opened', async () => {
    const saved = visit();
    await saved.load(SEED);
    saved.opened(SEED, false);
    saved.note(SEED);
    saved.flush();
    expect(stored()).toBeNull();
  });

  test('can go back to what was opened first', async () => {
    const saved = visit();
    saved.opened(SEED, false);
    saved.note(mine);
    saved.flush();
    saved.note(SEED);
    saved.flush();
    expect(await visit().load(mine)).toEqual(SEED);
  });

  test.each([
    ['text that is no JSON', 'ruined{', SEED],
    ['something else', '[1]', SEED],
    ['a wrong title', JSON.stringify({ ...mine, title: 5 }), { ...mine, title: SEED.title }],
    ['an unknown window mode', JSON.stringify({ ...mine, windows: 'weekly' }), { ...mine, windows: SEED.windows }],
    ['a broken scenario', JSON.stringify({ ...mine, scenario: { agents: 1 } }), { ...mine, scenario: SEED.scenario }],
    ['no policy', JSON.stringify({ ...mine, policyText: undefined }), { ...mine, policyText: SEED.policyText }],
  ])('with %s is read as far as it goes, and what was there is set aside', async (_name, raw, work) => {
    localStorage.setItem(KEY, raw);
    const saved = visit();
    expect(await saved.load(SEED)).toEqual(work);
    expect(saved.trouble).toBe('unreadable');
    saved.note(theirs);
    saved.flush();
    expect(saved.aside).toBe(raw);
  });
});

describe('work from a link', () => {
  test('stays beside the own, also over a reload, and never takes its place by itself', async () => {
    localStorage.setItem(KEY, JSON.stringify(mine));
    const saved = visit();
    await saved.load(SEED);
    saved.opened(theirs, true);
    expect(saved.beside).toBe(true);
    saved.note(edited);
    saved.flush();
    expect(stored()).toEqual(mine);
    const reloaded = visit();
    expect(await reloaded.load(SEED)).toEqual(edited);
    expect(reloaded.beside).toBe(true);
    expect(reloaded.own).toEqual(mine);
  });

  test('becomes the own when it is taken over', async () => {
    localStorage.setItem(KEY, JSON.stringify(mine));
    const saved = visit();
    await saved.load(SEED);
    saved.opened(theirs, true);
    saved.adopt(edited);
    expect(saved.beside).toBe(false);
    expect(stored()).toEqual(edited);
    expect(await visit().load(SEED)).toEqual(edited);
  });

  test('that is the own again is nothing beside it', async () => {
    localStorage.setItem(KEY, JSON.stringify(mine));
    const saved = visit();
    await saved.load(SEED);
    saved.opened({ ...mine, dialect: 'policylayer' }, true);
    expect(saved.beside).toBe(false);
  });

  test('is simply opened where there is nothing of their own', async () => {
    const saved = visit();
    await saved.load(SEED);
    saved.opened(theirs, true);
    expect(saved.beside).toBe(false);
    saved.note(theirs);
    saved.flush();
    expect(stored()).toBeNull();
  });
});

describe('storage that refuses', () => {
  const refuse = (key?: string) => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'QuotaExceededError');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation((written) => {
      if (key === undefined || written.startsWith(key)) throw new DOMException('full', 'QuotaExceededError');
    });
  };
  afterEach(() => vi.restoreAllMocks());

  test('is said once, and work goes on', async () => {
    const saved = visit();
    refuse();
    saved.note(mine);
    saved.flush();
    await expect.poll(() => saved.trouble).toBe('full');
    saved.trouble = null;
    saved.note(theirs);
    saved.flush();
    expect(await (await saved.store()).keep('any', { work: mine, atMs: 0, isStep: true, before: null })).toBe(false);
    expect(saved.trouble).toBeNull();
    expect(saved.own).toEqual(theirs);
  });

  test('only where history goes is said as that', async () => {
    const saved = visit();
    refuse('nothing at all');
    saved.note(mine);
    saved.flush();
    await expect.poll(() => saved.trouble).toBe('no-history');
  });

  test('forbidden, is said when something would be saved, not before', async () => {
    const saved = new SavedWork(null, null);
    expect(await saved.load(SEED)).toBeNull();
    expect(saved.trouble).toBeNull();
    saved.note(mine);
    saved.flush();
    expect(saved.trouble).toBe('forbidden');
  });
});
