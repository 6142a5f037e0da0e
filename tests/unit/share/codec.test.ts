import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decodeBase64Url, encodeBase64Url } from '../../../src/core/base64url.ts';
import { ENGINE_VERSION } from '../../../src/core/version.ts';
import { decodeLink, encodeLink } from '../../../src/share/codec.ts';
import { deflate } from '../../../src/share/deflate.ts';
import { MOST_DEPTH, MOST_ENCODED, MOST_INFLATED } from '../../../src/share/limits.ts';
import { LINK_PROBLEMS } from '../../../src/share/problems.ts';
import type { LinkContent } from '../../../src/share/schema.ts';
import { mayBeLink } from '../../../src/state/page-address.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { anyScenario, FULL, scenarioOf, SMALL } from './contents.ts';

async function fragmentOf(content: LinkContent): Promise<string> {
  const encoded = await encodeLink(content, anyScenario);
  if (!encoded.ok) throw new Error(encoded.problem.read);
  return encoded.fragment;
}

/** A link around any text, whatever it is. */
async function wrap(text: string): Promise<string> {
  return `#v1.${encodeBase64Url((await deflate(new TextEncoder().encode(text))) ?? new Uint8Array())}`;
}
const wrapped = (object: object) => wrap(JSON.stringify(object));
const LINK = { v: 1, engine: '0.1.0', ...SMALL };
const open = (fragment: string) => decodeLink(fragment, anyScenario);
const noise = (length: number) => Array.from({ length }, (_, i) => ((i * 48271) % 65_537).toString(36)).join('');

const policies = fc.record({
  dialect: fc.constantFrom('policylayer' as const, 'intercept' as const),
  text: fc.string({ unit: 'binary', maxLength: 400 }),
});
const whole = fc.nat();
const scenarios = fc
  .jsonValue({ maxDepth: 8 })
  .map((value) => scenarioOf(`{"__proto__":{"polluted":1},"agents":${JSON.stringify(value)}}`));
const contents: fc.Arbitrary<LinkContent> = fc.record(
  {
    title: fc.string({ unit: 'grapheme' }),
    policy: policies,
    compare: policies,
    scenario: scenarios,
    windows: fc.constantFrom('calendar' as const, 'sliding' as const, 'anchored' as const),
    view: fc.record(
      {
        tab: fc.string(),
        call: whole,
        atMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
        lines: fc.tuple(whole, whole),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['policy', 'scenario'] },
);

/** Content as JSON in one order of fields: JSON has no -0, and the text is what links carry. */
function inOrder({ title, policy, compare, scenario, windows, view }: LinkContent): string {
  return JSON.stringify({ title, policy, compare, scenario, windows, view });
}

describe('a link', () => {
  test.each([
    ['least', SMALL],
    ['full', FULL],
  ])('%s opens as it was written', async (_, content) => {
    const fragment = await fragmentOf(content);
    expect(fragment).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
    const opened = { kind: 'opened', content, engine: ENGINE_VERSION, ignored: [] };
    expect(await open(fragment)).toEqual(opened);
    expect(await open(`#${fragment}`)).toEqual(opened);
  });

  test('any content comes back the same', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        const opened = await open(await fragmentOf(content));
        expect(opened.kind === 'opened' && inOrder(opened.content)).toBe(inOrder(content));
      }),
      { numRuns: 150 },
    );
  });

  test('holds nothing but what is listed', async () => {
    const extra = {
      ...FULL,
      key: 'secret',
      policy: { ...FULL.policy, token: 'eyJ' },
      view: { ...FULL.view, key: 'k' },
    };
    const opened = await open(await fragmentOf(extra));
    expect(opened).toMatchObject({ kind: 'opened', ignored: [] });
    expect(opened.kind === 'opened' && opened.content).toEqual(FULL);
  });

  test('is written by the version of the package', () => {
    expect(ENGINE_VERSION).toBe(packageJson.version);
  });
});

describe('a link that went through other programs', () => {
  const spoilt: readonly (readonly [string, (fragment: string) => string])[] = [
    ['its dot encoded', (fragment) => fragment.replace('.', '%2E')],
    ['its letter encoded', (fragment) => fragment.replace('v', '%76')],
    ['a capital letter', (fragment) => fragment.replace('v', 'V')],
    ['a space after it', (fragment) => `${fragment}%20`],
    ['every character encoded', (fragment) => fragment.replace(/[^#]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)],
  ];

  test.each(spoilt)('opens with %s', async (_what, spoil) => {
    const fragment = spoil(`#${await fragmentOf(FULL)}`);
    expect(await open(fragment)).toMatchObject({ kind: 'opened', content: FULL });
    expect(mayBeLink(fragment)).toBe(true);
  });
});

describe('a browser without streams that pack', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const lacking = (name: string, value: unknown): void => void vi.stubGlobal(name, value);
  function refusing(): never {
    throw new TypeError('Unsupported format');
  }

  test.each([undefined, refusing])('says so instead of a link', async (stream) => {
    lacking('CompressionStream', stream);
    expect(await encodeLink(FULL, anyScenario)).toMatchObject({
      ok: false,
      problem: { code: 'unsupported', read: expect.stringMatching(/lacks CompressionStream/) as string },
    });
  });

  test.each([undefined, refusing])('says so instead of opening one, and gives it to be kept', async (stream) => {
    const fragment = await fragmentOf(FULL);
    lacking('DecompressionStream', stream);
    expect(await open(fragment)).toMatchObject({ kind: 'rejected', code: 'unsupported', raw: fragment });
  });
});

describe('what does not open', () => {
  test.each(['', '#', '#results', '#v', '#version', '#v1x', '#V', '#%76', '#%ff', '#example=burst'])(
    '%j is no link',
    async (text) => {
      expect(await open(text)).toEqual({ kind: 'none' });
    },
  );

  test.each([
    ['unknown-version', 'v2.abc', /version 2.*version 1/],
    ['unknown-version', 'v0.abc', /version 0/],
    ['damaged', 'v1', /cut short/],
    ['damaged', 'v1.', /cut short/],
    ['damaged', 'v1.====', /Nothing of it could be read/],
    ['damaged', 'v1.abc%20', /altered/],
    ['damaged', 'V1.abc', /altered/],
    ['damaged', 'v1%2Eabc', /altered/],
    ['damaged', 'v1.%%%', /altered/],
    ['unknown-version', 'V2.abc', /version 2.*version 1/],
    ['damaged', `v1.${'_'.repeat(8)}\n`, /altered/],
    ['damaged', `v1.${'_'.repeat(40)}`, /altered/],
    ['too-long', `v1.${'A'.repeat(MOST_ENCODED + 1)}`, /65,537 characters/],
  ])('%s: %.20s', async (code, fragment, words) => {
    expect(await open(fragment)).toMatchObject({
      kind: 'rejected',
      code,
      read: expect.stringMatching(words) as string,
      raw: fragment,
    });
  });

  test.each([
    ['unknown-version', JSON.stringify({ ...LINK, v: 7 })],
    ['damaged', '{"v":1,"engine":"0.1.0","policy":{"dial'],
    ['damaged', ''],
    ['damaged', '\ufeff{}'],
    ['invalid', '{}'],
    ['invalid', 'null'],
    ['invalid', '[]'],
    ['invalid', JSON.stringify({ ...LINK, v: '1' })],
    ['invalid', JSON.stringify({ ...LINK, engine: 1 })],
    ['invalid', JSON.stringify({ ...LINK, policy: { dialect: 'rego', text: '' } })],
    ['invalid', JSON.stringify({ ...LINK, policy: { dialect: 'intercept' } })],
    ['invalid', JSON.stringify({ ...LINK, policy: 'text' })],
    ['invalid', JSON.stringify({ ...LINK, scenario: undefined })],
    ['invalid', JSON.stringify({ ...LINK, scenario: {} })],
    ['invalid', JSON.stringify({ ...LINK, windows: 'tumbling' })],
    ['invalid', JSON.stringify({ ...LINK, title: null })],
    ['invalid', JSON.stringify({ ...LINK, view: { call: -1 } })],
    ['invalid', JSON.stringify({ ...LINK, view: { lines: [1] } })],
    ['invalid', '{"__proto__":{"v":1}}'],
    [
      'too-deep',
      JSON.stringify(LINK)
        .replace('"title"', '')
        .replace(/}$/, `,"x":${'['.repeat(MOST_DEPTH)}${']'.repeat(MOST_DEPTH)}}`),
    ],
    ['too-deep', '['.repeat(500_000)],
  ])('%s: %.60s', async (code, text) => {
    const rejected = await open(await wrap(text));
    expect(rejected).toMatchObject({
      kind: 'rejected',
      code,
      title: LINK_PROBLEMS[code as keyof typeof LINK_PROBLEMS],
    });
    expect(rejected.kind === 'rejected' && rejected.read).toMatch(/^[A-Z].*\.$/s);
  });

  test('the schema names the places', async () => {
    const rejected = await open(await wrapped({ ...LINK, policy: { dialect: 'rego', text: 5 }, windows: 1 }));
    expect(rejected).toMatchObject({
      read: 'It was read whole, but its content does not fit: policy.dialect, policy.text, windows.',
    });
  });

  test('every problem has its words and no two share them', () => {
    expect(new Set(Object.values(LINK_PROBLEMS)).size).toBe(Object.keys(LINK_PROBLEMS).length);
  });
});

describe('from other versions', () => {
  test('unknown fields are left out and named', async () => {
    const link = { ...LINK, zoom: 2, view: { tab: 'summary', scroll: 9 }, policy: { ...SMALL.policy, name: 'n' } };
    expect(await open(await wrapped({ ...link, engine: '9.0.0' }))).toEqual({
      kind: 'opened',
      content: { ...SMALL, view: { tab: 'summary' } },
      engine: '9.0.0',
      ignored: ['zoom', 'policy.name', 'view.scroll'],
    });
  });

  test('member names of the language stay plain text', async () => {
    const text = JSON.stringify(LINK).replace(
      /^{/,
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    const opened = await open(await wrap(text));
    expect(opened).toMatchObject({ kind: 'opened', ignored: ['__proto__', 'constructor'] });
    expect(opened.kind === 'opened' && Object.getPrototypeOf(opened.content)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });
});

describe('caps', () => {
  test('what inflates without end is stopped at the cap', async () => {
    const bomb = await wrap(' '.repeat(40_000_000));
    expect(bomb.length).toBeLessThan(MOST_ENCODED);
    const rejected = await open(bomb);
    expect(rejected).toMatchObject({ code: 'too-large', raw: bomb.slice(1) });
  });

  test('content of exactly the cap opens, one byte more does not', async () => {
    const room = MOST_INFLATED - JSON.stringify({ ...LINK, policy: { dialect: 'policylayer', text: '' } }).length;
    const sized = (length: number) => ({ ...LINK, policy: { dialect: 'policylayer', text: 'x'.repeat(length) } });
    expect(await open(await wrapped(sized(room)))).toMatchObject({ kind: 'opened' });
    expect(await open(await wrapped(sized(room + 1)))).toMatchObject({ code: 'too-large' });
  });

  test('nesting of exactly the cap opens, one level more does not', async () => {
    const nested = (levels: number) => `{"agents":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const link = (levels: number) => JSON.stringify(LINK).replace(/"scenario":.*}$/s, `"scenario":${nested(levels)}}`);
    expect(await open(await wrap(link(MOST_DEPTH - 2)))).toMatchObject({ kind: 'opened' });
    expect(await open(await wrap(link(MOST_DEPTH - 1)))).toMatchObject({ code: 'too-deep' });
  });

  test('nothing is written that would not open', async () => {
    const write = async (text: string) => encodeLink({ ...SMALL, policy: { dialect: 'intercept', text } }, anyScenario);
    expect(await write('x'.repeat(MOST_INFLATED))).toMatchObject({
      ok: false,
      problem: { code: 'too-large' },
      length: null,
    });
    const long = await write(noise(60_000));
    expect(long).toMatchObject({ ok: false, problem: { code: 'too-long' } });
    expect(long.length).toBeGreaterThan(MOST_ENCODED);
    const odd = await encodeLink({ ...SMALL, view: { atMs: Number.NaN } }, anyScenario);
    expect(odd).toMatchObject({ ok: false, problem: { code: 'invalid' } });
  });
});

describe('damage', () => {
  test('no cut-off link opens, and what came out is offered', async () => {
    const fragment = await fragmentOf(FULL);
    for (let length = 2; length < fragment.length; length++) {
      const cut = await open(fragment.slice(0, length));
      expect(cut).toMatchObject({ kind: 'rejected', code: 'damaged' });
    }
    const late = await open(fragment.slice(0, -8));
    expect(late.kind === 'rejected' && late.raw).toMatch(/^\{"v":1,"engine":/);
    expect(late.kind === 'rejected' && late.read).toMatch(/^It is cut short or altered. The first \d+ characters/);
  });

  test('cut-off links of any content never open', async () => {
    await fc.assert(
      fc.asyncProperty(
        contents,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        async (content, share) => {
          const fragment = await fragmentOf(content);
          const cut = await open(fragment.slice(0, 3 + Math.floor((fragment.length - 3) * share)));
          expect(cut).toMatchObject({ kind: 'rejected', code: 'damaged' });
        },
      ),
      { numRuns: 150 },
    );
  });

  test('any text gets an answer', async () => {
    const payloads = fc.uint8Array({ maxLength: 200 }).map((bytes) => `v1.${encodeBase64Url(bytes)}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), payloads), async (text) => {
        expect((await open(text)).kind).not.toBe('opened');
      }),
    );
  });

  test('flipping a byte never throws', async () => {
    const bytes = decodeBase64Url((await fragmentOf(FULL)).slice(3)) ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const altered = bytes.map((byte, i) => (i === at ? byte ^ flip : byte));
        expect(['opened', 'rejected']).toContain((await open(`v1.${encodeBase64Url(altered)}`)).kind);
      }),
    );
  });
});
