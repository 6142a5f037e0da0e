import type { LinkProblem } from '../share/problems.ts';
import type { LinkContent } from '../share/schema.ts';
import type { Work } from '../state/workspace.svelte.ts';
import { workOf } from '../state/link.svelte.ts';
import { mayBeLink } from '../state/page-address.ts';

/** What is to be shown: work and what of it to look at, or why a link did not open. */
export type Content =
  | {
      readonly kind: 'opened';
      readonly work: Work;
      readonly view: LinkContent['view'];
      /** The address asks for an example that is not there. */
      readonly lacksExample?: boolean;
    }
  | LinkProblem;

/** Reads links; a later chunk, since an address may hold none. */
async function loadReaders() {
  const [codec, content, { readScenario }] = await Promise.all([
    import('../share/codec.ts'),
    import('../share/content.ts'),
    import('../state/read-scenario.ts'),
  ]);
  return { ...codec, ...content, readScenario };
}

/** The gallery entry an address names, else what the page opens with. */
async function ownContent(search: string): Promise<Content> {
  const name = new URLSearchParams(search).get('example');
  const example = name === null ? null : await (await import('../ui/header/find-example.ts')).findExample(name);
  if (example?.ok === true) return { kind: 'opened', work: example.work, view: undefined };
  const { SEED_POLICY_TEXT, SEED_SCENARIO } = await import('../core/catalogue/seed.ts');
  const { name: title = '' } = SEED_SCENARIO;
  return {
    kind: 'opened',
    work: { title, policyText: SEED_POLICY_TEXT, dialect: 'auto', scenario: SEED_SCENARIO, windows: 'calendar' },
    view: undefined,
    lacksExample: example !== null,
  };
}

/** What an address holds: the content of its link, else an example, else what the page opens with. */
export async function readAddress({ hash, search }: Pick<Location, 'hash' | 'search'>): Promise<Content> {
  if (!mayBeLink(hash)) return ownContent(search);
  const { decodeLink, readScenario } = await loadReaders();
  const found = await decodeLink(hash, readScenario);
  if (found.kind === 'none') return ownContent(search);
  return found.kind === 'rejected' ? found : { kind: 'opened', work: workOf(found.content), view: found.content.view };
}

/** What the object of a link holds that a host sent; null for one that would not open. Never throws. */
export async function readSent(link: object): Promise<Content | null> {
  try {
    const { readContent, readScenario } = await loadReaders();
    const found = readContent(JSON.stringify(link), readScenario);
    if (found.kind === 'rejected') return null;
    return { kind: 'opened', work: workOf(found.content), view: found.content.view };
  } catch {
    return null;
  }
}

/** Fragment (without `#`) of a link to this work; empty when it is too large for one. */
export async function fragmentOf(work: Work, call: number | null): Promise<string> {
  const { encodeLink, readScenario } = await loadReaders();
  const { title, policyText: text, scenario, windows, compare } = work;
  const dialect = work.dialect === 'auto' ? (/^\s*[{/]/.test(text) ? 'policylayer' : 'intercept') : work.dialect;
  const content: LinkContent = {
    ...(title === '' ? {} : { title }),
    policy: { dialect, text },
    ...(compare && { compare }),
    scenario,
    windows,
    ...(call === null ? {} : { view: { call } }),
  };
  const encoded = await encodeLink(content, readScenario);
  return encoded.ok ? encoded.fragment : '';
}
