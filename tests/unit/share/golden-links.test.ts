import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeLink } from '../../../src/share/codec.ts';
import { anyScenario } from './contents.ts';

interface GoldenLink {
  readonly name: string;
  readonly release: string;
  readonly fragment: string;
  readonly content: object;
}

/** Links as released versions wrote them. INVARIANT: entries are added with a release, never changed or taken out. */
const links = JSON.parse(readFileSync(new URL('golden-links.json', import.meta.url), 'utf8')) as readonly GoldenLink[];

test.each(links.map((link) => [link.release, link.name, link] as const))(
  '%s, %s, still opens',
  async (release, _, link) => {
    const opened = { kind: 'opened', content: link.content, engine: release, ignored: [] };
    expect(await decodeLink(`#${link.fragment}`, anyScenario)).toEqual(opened);
  },
);

test('every released version of the format has a link', () => {
  expect(new Set(links.map((link) => link.fragment.split('.')[0]))).toEqual(new Set(['v1']));
});
