import { decodeBase64Url, decodeBase64UrlLoosely, encodeBase64Url } from '../core/base64url.ts';
import { ENGINE_VERSION } from '../core/version.ts';
import { count, readContent, tooLarge, unknownVersionWords, type OpenedLink } from './content.ts';
import { deflate, inflate } from './deflate.ts';
import { MOST_ENCODED, MOST_INFLATED } from './limits.ts';
import { isKnownVersion, LINK_VERSION } from './migrate.ts';
import { linkProblem, type LinkProblem } from './problems.ts';
import { toLinkObject, type LinkContent, type ScenarioReader } from './schema.ts';

/** A fragment that may follow `<page>#`; `length` is that of the payload alone. Or why there is no link. */
export type EncodedLink =
  | { readonly ok: true; readonly payload: string; readonly fragment: string; readonly length: number }
  | { readonly ok: false; readonly problem: LinkProblem; readonly length: number | null };

/** What a fragment holds: nothing of ours, content, or a link that is not opened. */
export type DecodedLink = { readonly kind: 'none' } | OpenedLink | LinkProblem;

/**
 * Puts `content` into a link of the current version. Only what `decodeLink` opens again is written: content over the
 * caps, or that does not fit the schema, gives the problem (with the payload's length when that is what is over).
 * Never throws.
 */
export async function encodeLink(content: LinkContent, readScenario: ScenarioReader): Promise<EncodedLink> {
  const text = JSON.stringify(toLinkObject(content, ENGINE_VERSION));
  const read = readContent(text, readScenario);
  if (read.kind === 'rejected') return { ok: false, problem: read, length: null };
  const packed = await deflate(new TextEncoder().encode(text));
  if (packed === null) return { ok: false, problem: unsupported('CompressionStream', text), length: null };
  const payload = encodeBase64Url(packed);
  const { length } = payload;
  if (length > MOST_ENCODED) return { ok: false, problem: tooLong(length, text), length };
  return { ok: true, payload, fragment: `v${LINK_VERSION}.${payload}`, length };
}

function tooLong(length: number, raw: string): LinkProblem {
  return linkProblem('too-long', `It has ${count(length)} characters, ${count(MOST_ENCODED)} can be opened.`, raw);
}

function unsupported(missing: string, raw: string): LinkProblem {
  return linkProblem('unsupported', `It lacks ${missing} for raw deflate, which newer browsers have.`, raw);
}

/** The fragment as it was written. Programs that pass links on encode characters that need no encoding; a payload has no `%`. */
function written(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment).trim();
  } catch {
    return fragment;
  }
}

function cutShort(fragment: string, recovered: string): LinkProblem {
  const read =
    recovered === ''
      ? 'Nothing of it could be read.'
      : `The first ${count(recovered.length)} characters of its content could be read, the rest not.`;
  return linkProblem('damaged', `It is cut short or altered. ${read}`, recovered || fragment);
}

/** UTF-8 as text; null when the bytes are none. With `partial` a last character that is cut off is dropped. */
function toText(bytes: Uint8Array, partial: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: partial });
  } catch {
    return null;
  }
}

/** As much of a broken payload's content as comes out of it, for the reader to keep; empty when nothing does. */
async function recover(payload: string): Promise<string> {
  const readable = /^[A-Za-z0-9_-]*/.exec(payload)?.[0] ?? '';
  const inflated = await inflate(decodeBase64UrlLoosely(readable) ?? new Uint8Array(), MOST_INFLATED);
  if (inflated.kind === 'done') return toText(inflated.bytes, true) ?? '';
  return inflated.kind === 'damaged' ? (toText(inflated.recovered, true) ?? '') : '';
}

/**
 * Opens the fragment of a page's address, with or without `#`. Caps: payload `MOST_ENCODED`, content `MOST_INFLATED`
 * counted while inflating, depth `MOST_DEPTH`. Percent signs and a capital `V` are
 * read as what they stand for. Fragments that are no links give `none`. Never throws, for any text.
 */
export async function decodeLink(fragment: string, readScenario: ScenarioReader): Promise<DecodedLink> {
  const text = fragment.replace(/^#/, '');
  const [, digits, payload = ''] = /^v(\d+)(?:\.(.*))?$/is.exec(written(text)) ?? [];
  if (digits === undefined) return { kind: 'none' };
  const version = Number(digits);
  if (!isKnownVersion(version)) return linkProblem('unknown-version', unknownVersionWords(version), text);
  if (payload.length > MOST_ENCODED) return tooLong(payload.length, text);
  const bytes = decodeBase64Url(payload);
  const inflated = bytes === null ? null : await inflate(bytes, MOST_INFLATED);
  if (inflated?.kind === 'too-large') return tooLarge(text);
  if (inflated?.kind === 'unsupported') return unsupported('DecompressionStream', text);
  const json = inflated?.kind === 'done' ? toText(inflated.bytes, false) : null;
  if (json === null) return cutShort(text, await recover(payload));
  return readContent(json, readScenario, version);
}
