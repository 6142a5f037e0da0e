import { expect, test } from 'vitest';
import { slugger } from '../../src/docs/slug.ts';
import { sourcesIn } from './sources.ts';

const anchors = new Set(
  sourcesIn(['src/docs'], /\.md$/).flatMap(({ path, text }) => {
    const slugOf = slugger();
    const page = path.slice(path.lastIndexOf('/') + 1);
    return [...text.matchAll(/^#{1,4} (.+)$/gm)].map(([, heading = '']) => `${page}#${slugOf(heading)}`);
  }),
);

test('docstrings name sections of the docs that are there', () => {
  const named = sourcesIn(['src', 'workers'], /\.(ts|svelte)$/).flatMap(({ path, text }) =>
    [...text.matchAll(/\(docs: ([^)]+)\)/g)].map(([, anchor = '']) => ({ path, anchor })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ anchor }) => !anchors.has(anchor))).toEqual([]);
});
