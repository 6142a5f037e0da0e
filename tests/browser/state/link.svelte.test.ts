import { beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeLink } from '../../../src/share/codec.ts';
import { LinkState } from '../../../src/state/link.svelte.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import { SavedWork } from '../../../src/state/saved-work.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import { SEED } from '../shell/open-playground.ts';

const theirs: Work = {
  ...SEED,
  title: 'Theirs',
  dialect: 'policylayer',
  policyText: '{"theirs":1}',
  windows: 'anchored',
};
const mine: Work = { ...SEED, title: 'Mine' };

/** An address that can be set, and a page that shows what is opened. */
class Page {
  fragment = '';
  shown: Work = SEED;
  readonly saved = new SavedWork(localStorage, sessionStorage);
  readonly drop = vi.fn(() => (this.fragment = ''));
  kept: Work | null = null;
  readonly link = new LinkState(
    this.saved,
    { seed: SEED, open: (work) => (this.shown = work), keepEdits: () => (this.kept = this.shown) },
    {
      hash: () => this.fragment,
      href: () => `https://example.test/${this.fragment}`,
      drop: this.drop,
    },
  );

  edit(change: Partial<Work>): void {
    this.shown = { ...this.shown, ...change };
    this.saved.note(this.shown);
    this.link.note(this.shown);
  }

  static async withOwn(work: Work): Promise<Page> {
    localStorage.setItem('policy-playground/work', JSON.stringify(work));
    const page = new Page();
    await page.saved.load(SEED);
    return page;
  }
}

async function linkTo(work: Work): Promise<string> {
  const { title, policyText: text, scenario, windows } = work;
  const content = { title, policy: { dialect: 'policylayer' as const, text }, scenario, windows };
  const encoded = await encodeLink({ ...content, view: { tab: 'log', call: 3 } }, readScenario);
  if (!encoded.ok) throw new Error(encoded.problem.title);
  return `#${encoded.fragment}`;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe('a link', () => {
  test('opens with everything it holds', async () => {
    const page = new Page();
    page.fragment = await linkTo(theirs);
    expect(await page.link.read()).toBe(true);
    expect(page.link.status).toBe('opened');
    expect(page.shown).toEqual(theirs);
    expect(page.link.view).toEqual({ tab: 'log', call: 3 });
    expect(page.link.beside).toBe(false);
  });

  test('opens beside the own work, to which there is a way back', async () => {
    const page = await Page.withOwn(mine);
    page.fragment = await linkTo(theirs);
    await page.link.read();
    expect(page.link.beside).toBe(true);
    expect(page.link.href).toBe(`https://example.test/${page.fragment}`);
    page.link.keepMine();
    expect(page.shown).toEqual(mine);
    expect(page.link.beside).toBe(false);
    expect(page.link.status).toBe('none');
    expect(page.fragment).toBe('');
  });

  test('leaves the address once the work says something else', async () => {
    const page = new Page();
    page.fragment = await linkTo(theirs);
    await page.link.read();
    page.link.note(page.shown);
    expect(page.drop).not.toHaveBeenCalled();
    page.link.note({ ...page.shown, policyText: '{}' });
    expect(page.drop).toHaveBeenCalledOnce();
    expect(page.link.status).toBe('opened');
  });

  test('keeps edits of what it opened when other work takes their place', async () => {
    const page = await Page.withOwn(mine);
    page.fragment = await linkTo(theirs);
    await page.link.read();
    page.link.keepMine();
    expect(page.kept, 'nothing was edited').toBeNull();
    page.fragment = await linkTo(theirs);
    await page.link.read();
    page.edit({ title: 'Edited' });
    page.fragment = await linkTo({ ...theirs, title: 'Another' });
    await page.link.read();
    expect(page.kept?.title).toBe('Edited');
    page.edit({ title: 'Edited again' });
    page.link.keepMine();
    expect(page.kept?.title).toBe('Edited again');
    expect(page.shown).toEqual(mine);
  });

  test.each([
    ['the own work', mine],
    ['the seed', null],
  ])('that Back takes out of the address gives %s back, unless it was edited', async (_, own) => {
    const page = own === null ? new Page() : await Page.withOwn(own);
    const link = await linkTo(theirs);
    page.fragment = link;
    await page.link.read();
    page.fragment = '';
    expect(await page.link.read()).toBe(false);
    expect(page.shown).toEqual(own ?? SEED);
    expect(page.link.beside).toBe(false);
    page.fragment = link;
    await page.link.read();
    page.edit({ policyText: '{}' });
    await page.link.read();
    expect(page.shown.policyText).toBe('{}');
  });

  test('that is damaged is refused with its reason and its raw text, and nothing changes', async () => {
    const page = await Page.withOwn(mine);
    page.fragment = (await linkTo(theirs)).slice(0, -20);
    expect(await page.link.read()).toBe(false);
    expect(page.link.status).toBe('rejected');
    expect(page.link.problem?.code).toBe('damaged');
    expect(page.shown).toBe(SEED);
    page.link.dismiss();
    expect(page.link.status).toBe('none');
    expect(page.link.problem).toBeNull();
  });

  test('that is none is left alone', async () => {
    const page = new Page();
    page.fragment = '#results';
    expect(await page.link.read()).toBe(false);
    expect(page.link.status).toBe('none');
  });

  test('that came last wins', async () => {
    const page = new Page();
    page.fragment = await linkTo(theirs);
    const first = page.link.read();
    page.fragment = await linkTo({ ...theirs, title: 'Later' });
    await Promise.all([first, page.link.read()]);
    expect(page.shown.title).toBe('Later');
  });
});
