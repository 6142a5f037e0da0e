import { describe, expect, test } from 'vitest';
import { encodeBase64Url } from '../../../src/core/base64url.ts';
import { decodeLink } from '../../../src/share/codec.ts';
import { deflate } from '../../../src/share/deflate.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import text from '../../unit/share/golden-links.json?raw';

const open = (fragment: string) => decodeLink(fragment, readScenario);
// why: as text, since the bundler's JSON reader refuses half of a surrogate pair, which links may hold.
const links = JSON.parse(text) as readonly { name: string; fragment: string; content: object }[];
const [golden] = links;
if (golden === undefined) throw new Error('there are no golden links');

async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const out = await deflate(bytes);
  if (out === null) throw new Error('this browser packs nothing');
  return out;
}

/** The browser inflates with its own code, which is stricter than Node's about what follows the end. */
describe('links in the browser', () => {
  test.each(links.map((link) => [link.name, link] as const))(
    '%s opens with the real scenario check',
    async (_, link) => {
      expect(await open(link.fragment)).toMatchObject({ kind: 'opened', content: link.content });
    },
  );

  test('no cut-off link opens, and its raw text is offered', async () => {
    for (let length = 2; length < golden.fragment.length; length += 3) {
      const cut = await open(golden.fragment.slice(0, length));
      expect(cut).toMatchObject({ kind: 'rejected', code: 'damaged' });
      expect(cut.kind === 'rejected' && cut.raw.length).toBeGreaterThan(0);
    }
  });

  test('a link with more behind its end is damaged', async () => {
    expect(await open(`${golden.fragment}AAAA`)).toMatchObject({ code: 'damaged' });
  });

  test('what inflates without end is stopped', async () => {
    const bomb = encodeBase64Url(await packed(new Uint8Array(40_000_000)));
    expect(await open(`v1.${bomb}`)).toMatchObject({ code: 'too-large' });
  });

  test('member names of the language in arguments stay arguments', async () => {
    const link = JSON.stringify({ v: 1, engine: '0.1.0', ...golden.content });
    const odd = link.replace('"validitySeconds":300', '"__proto__":{"polluted":1},"constructor":2');
    const opened = await open(`v1.${encodeBase64Url(await packed(new TextEncoder().encode(odd)))}`);
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(odd).toContain(JSON.stringify(opened.content.scenario));
    expect(JSON.stringify(opened.content.scenario)).toContain('"__proto__":{"polluted":1},"constructor":2');
    expect('polluted' in {}).toBe(false);
  });
});
