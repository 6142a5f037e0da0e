import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import { formatEverything, isEverything, readEverything } from '../../../src/state/everything-file.ts';
import { packWork, unpackWork } from '../../../src/state/packed-work.ts';
import type { WholeProject } from '../../../src/state/project-store.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';

const work: Work = {
  title: 'Mine',
  policyText: SEED_POLICY_TEXT,
  dialect: 'auto',
  scenario: SEED_SCENARIO,
  windows: 'sliding',
  compare: { dialect: 'intercept', text: 'version: "1"' },
};
const older: Work = { ...work, policyText: '{"not": "whole"', compare: undefined };

async function twoProjects(): Promise<readonly WholeProject[]> {
  const [first, second] = [await packWork(older), await packWork(work)];
  return [
    {
      name: 'Called mine',
      revisions: [
        { atMs: 1000, kind: 'first', packed: first },
        { atMs: 2000, kind: 'several', packed: second },
      ],
    },
    { name: '', revisions: [{ atMs: 3000, kind: 'first', packed: second }] },
  ];
}

test('work comes out of its packing as it went in, and nothing else does', async () => {
  expect(await unpackWork(await packWork(work))).toEqual(work);
  const more = { ...work, signingKey: 'secret', trace: [1] };
  expect(await unpackWork(await packWork(more))).toEqual(work);
  expect(await unpackWork((await packWork(work)).slice(0, -8))).toBeNull();
});

test('a file of everything holds every project with its history', async () => {
  const projects = await twoProjects();
  const text = formatEverything(projects);
  expect(isEverything(text.slice(0, 100))).toBe(true);
  expect(isEverything('{"v":1}')).toBe(false);
  const read = await readEverything(text);
  if (!read.ok) throw new Error(read.words);
  expect(read.left).toBe('');
  expect(read.projects.map(({ name }) => name)).toEqual(['Called mine', '']);
  expect(read.projects[0]?.revisions.map(({ atMs, kind }) => [atMs, kind])).toEqual([
    [1000, 'first'],
    [2000, 'several'],
  ]);
  const [first] = read.projects[0]?.revisions ?? [];
  expect(first && (await unpackWork(first.packed))).toEqual(older);
});

interface Written {
  v: unknown;
  kind: unknown;
  projects: { name: unknown; revisions: Record<string, unknown>[] }[];
}

async function altered(change: (written: Written) => void): Promise<string> {
  const written = JSON.parse(formatEverything(await twoProjects())) as Written;
  change(written);
  return JSON.stringify(written);
}

test.each([
  ['a version that is not known', (file: Written) => (file.v = 9), 'It is written in version 9'],
  ['another kind', (file: Written) => (file.kind = 'x'), 'It is not a file of all projects.'],
  ['no list', (file: Written) => (file.projects = null as never), 'It has no list of projects'],
  [
    'nothing readable',
    (file: Written) => file.projects.forEach((project) => project.revisions.forEach((each) => (each['work'] = '!!'))),
    'None of its 3 versions could be read',
  ],
])('%s is refused in words', async (_name, change, words) => {
  const read = await readEverything(await altered(change));
  expect(read).toMatchObject({ ok: false, words: expect.stringContaining(words) as string });
});

test('a file that is cut short is refused in words', async () => {
  const read = await readEverything(formatEverything(await twoProjects()).slice(0, -30));
  expect(read).toMatchObject({ ok: false, words: expect.stringContaining('not whole JSON') as string });
});

test.each([
  ['a wrong time', { atMs: 'now' }],
  ['an unknown kind', { kind: 'magic' }],
  ['work that is no base64url', { work: '%%' }],
  ['work that is something else', { work: 'AAAA' }],
])('a version with %s is left out, the others are there', async (_name, fields) => {
  const text = await altered(({ projects }) => Object.assign(projects[0]?.revisions[0] ?? {}, fields));
  const read = await readEverything(text);
  expect(read).toMatchObject({ ok: true, left: '1 version could not be read and was left out.' });
  if (read.ok) expect(read.projects.map(({ revisions }) => revisions.length)).toEqual([1, 1]);
});

test('any JSON gives an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (projects) => {
      const read = await readEverything(JSON.stringify({ kind: 'policy-playground-all', v: 1, projects }));
      expect(typeof read.ok).toBe('boolean');
    }),
  );
});
