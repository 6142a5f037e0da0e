import { describe, expect, it } from 'vitest';
import { withoutDocstring } from './docstrings.ts';
import { placesOf, sourcesIn } from './sources.ts';

const code = sourcesIn(['src', 'workers'], /\.(ts|svelte)$/);
const components = code.filter(({ path }) => path.endsWith('.svelte'));
const modules = code.filter(({ path }) => path.endsWith('.ts'));
const tests = sourcesIn(['tests'], /\.(ts|mjs)$/);
const everything = [...code, ...tests, ...sourcesIn(['public', 'tests'], /\.(json|html|css|svg|md)$/)];

/** Modules that are tables of facts, which no one reads from top to bottom. */
const DATA = /^src\/core\/catalogue\//;

const lineCount = (text: string): number => text.trimEnd().split('\n').length;

it('looks at sources', () => {
  expect(code.length).toBeGreaterThan(5);
  expect(tests.length).toBeGreaterThan(5);
});

describe('sources', () => {
  it('have colours in tokens only', () => {
    expect(placesOf(components, /(?<![\w&])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b/gi)).toEqual([]);
  });

  it('never insert markup', () => {
    expect(placesOf(code, /\{@html|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write/g)).toEqual([]);
  });

  it('never run text as code', () => {
    expect(placesOf(code, /\beval\s*\(|\bnew Function\b|\bnew RegExp\b|javascript:/g)).toEqual([]);
  });

  it('leave nothing for later', () => {
    expect(placesOf([...code, ...tests], /\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/g)).toEqual([]);
  });

  it('silence no checker', () => {
    expect(placesOf([...code, ...tests], /@ts-(?:ignor[e]|nochec[k])|eslint-disabl[e]|as unknown a[s]/g)).toEqual([]);
  });

  it('name no machine and no registry', () => {
    expect(placesOf(everything, /\/(?:home|Users|roo[t])\/|registry\.[a-z]+\.org/g)).toEqual([]);
  });

  it('start the engine in one place', () => {
    expect(
      placesOf(modules, /new Worker\(/g).filter((place) => !/^src\/(client\/engine-client|editor\/)/.test(place)),
    ).toEqual([]);
    expect(
      placesOf(code, /engine\.worker/g).filter((place) => !/^(src\/client\/engine-client|workers\/)/.test(place)),
    ).toEqual([]);
  });
});

describe('files', () => {
  const paths = [...code, ...tests].map(({ path }) => path);

  it('have no barrels and no drawers for odds and ends', () => {
    expect(paths.filter((path) => /(?:^|\/)(?:index|utils?|helpers?|common|misc)\.[a-z.]+$/.test(path))).toEqual([]);
  });

  it('are named by their kind', () => {
    const named = /(?:^|\/)(?:[A-Z][A-Za-z0-9]*\.svelte|[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*\.(?:ts|mjs))$/;
    expect(paths.filter((path) => !named.test(path))).toEqual([]);
  });

  it('stay small', () => {
    const tooLong = [
      ...modules.filter(({ path, text }) => !DATA.test(path) && lineCount(text) > 400),
      ...components.filter(({ text }) => lineCount(text) > 200),
    ].map(({ path, text }) => `${path}: ${String(lineCount(text))} lines`);
    expect(tooLong).toEqual([]);
  });
});

describe('exports', () => {
  const documented = /^(?:src\/(?:core|share|tickets|client)|workers)\//;

  it('say what they are', () => {
    expect(modules.filter(({ path }) => documented.test(path)).flatMap(withoutDocstring)).toEqual([]);
  });

  it('are missed when they do not', () => {
    const text =
      '/** One. */\nexport const a = 1;\nexport const b = 2;\n\nexport const c = 3;\n\n/* plain */\nexport type D = 1;\n';
    expect(withoutDocstring({ path: 'x.ts', text })).toEqual(['x.ts:5', 'x.ts:8']);
  });
});
