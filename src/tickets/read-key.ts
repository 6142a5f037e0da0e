import { decodeBase64UrlLoosely } from '../core/base64url.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { isJsonObject, member, show } from './member.ts';
import { readPem } from './pem.ts';
import type { TicketKey } from './signature.ts';

/** How a secret is written. */
export const SECRET_ENCODINGS = ['text', 'hex', 'base64'] as const;
export type SecretEncoding = (typeof SECRET_ENCODINGS)[number];

/** One key of a JWK set, in words: its `kid` or place, its type, what it is meant for. */
export interface KeyChoice {
  readonly kid: string;
  readonly words: string;
}

/**
 * What a typed key is. `meantFor`: the algorithm a JWK names. `hasPrivate`: it holds the private half, which is not looked
 * at. `choose`: a set of which no key was chosen. `wrong`: a sentence with what to do.
 */
export type KeyReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly key: TicketKey; readonly meantFor: string; readonly hasPrivate: boolean }
  | { readonly kind: 'choose' }
  | { readonly kind: 'wrong'; readonly message: string };

/** Longest key or set that is read, in characters. */
export const MOST_KEY_CHARACTERS = 262_144;
/** Keys of a set that are offered. */
const MOST_KEYS = 200;

const NONE: KeyReading = { kind: 'none' };

function wrong(message: string): KeyReading {
  return { kind: 'wrong', message };
}

function plain(key: TicketKey): KeyReading {
  return { kind: 'key', key, meantFor: '', hasPrivate: false };
}

/** why: the issuer takes bytes that spell a PEM key for that key, however they were handed over. */
function ofBytes(bytes: Uint8Array<ArrayBuffer>): KeyReading {
  const text = new TextDecoder().decode(bytes);
  return plain(readPem(text) === null ? { secretBytes: bytes } : { publicPem: text });
}

function readHex(text: string): KeyReading {
  const digits = text.replace(/[\s:]/g, '');
  const odd = /[^0-9a-f]/iu.exec(digits);
  if (odd !== null) return wrong(`${JSON.stringify(odd[0])} is no hex digit. Use 0 to 9 and a to f.`);
  if (digits.length % 2 === 1) return wrong('Hex has two digits a byte, one is missing here.');
  return ofBytes(Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

function readBase64(text: string): KeyReading {
  const characters = text.replace(/\s/g, '').replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  const bytes = characters.length % 4 === 1 ? null : decodeBase64UrlLoosely(characters);
  return bytes === null ? wrong('This is not base64, or a character is missing.') : ofBytes(bytes);
}

/** A secret as written. Empty text is none; blanks count in `text` only. Never throws. */
export function readSecret(text: string, encoding: SecretEncoding): KeyReading {
  if (text.length > MOST_KEY_CHARACTERS) return wrong('This is too long for a key.');
  if (text === '' || (encoding !== 'text' && text.trim() === '')) return NONE;
  if (encoding === 'text') return plain({ secret: text });
  return encoding === 'hex' ? readHex(text) : readBase64(text);
}

function ofJwk(jwk: JsonObject): KeyReading {
  const alg = member(jwk, 'alg');
  const about = { meantFor: typeof alg === 'string' ? alg : '', hasPrivate: member(jwk, 'd') !== undefined };
  if (member(jwk, 'kty') !== 'oct') return { kind: 'key', key: { publicJwk: jwk }, ...about };
  const k = member(jwk, 'k');
  const bytes = typeof k === 'string' && k !== '' ? decodeBase64UrlLoosely(k) : null;
  if (bytes === null) return wrong('This JWK is a shared secret without a readable k.');
  return { kind: 'key', key: { secretBytes: bytes }, ...about };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function keysOf(text: string): readonly JsonObject[] | null {
  const value = text.trimStart().startsWith('{') && text.length <= MOST_KEY_CHARACTERS ? parseJson(text) : undefined;
  const list = member(value, 'keys');
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter(isJsonObject).slice(0, MOST_KEYS) : null;
}

/** The keys of a JWK set in words, in its order; none for any other text. */
export function listKeys(text: string): readonly KeyChoice[] {
  return (keysOf(text) ?? []).map((jwk, place) => {
    const kid = member(jwk, 'kid');
    const named = typeof kid === 'string' && kid !== '';
    const about = [member(jwk, 'kty'), member(jwk, 'alg')].filter((part) => part !== undefined).map(show);
    return { kid: named ? kid : '', words: [named ? kid : `Key ${place + 1}`, ...about].join(', ') };
  });
}

/**
 * A key as PEM, JWK or JWK set. Of a set the key at `chosen` counts, else the only one with the token's `kid`, else the
 * only one there is. A JWK of type `oct` is a secret. Never throws.
 */
export function readKeyText(text: string, chosen: number | null, kid: string): KeyReading {
  if (text.trim() === '') return NONE;
  if (text.length > MOST_KEY_CHARACTERS) return wrong('This is too long for a key.');
  if (!text.trimStart().startsWith('{')) {
    if (readPem(text) !== null) return plain({ publicPem: text });
    return wrong('This is no key. Paste PEM from BEGIN to END, a JWK or a JWK set.');
  }
  const value = parseJson(text);
  if (!isJsonObject(value)) return wrong('This starts like a JWK but is not JSON. Copy it whole again.');
  const keys = keysOf(text);
  if (keys === null) {
    return member(value, 'kty') === undefined ? wrong('This JSON is neither a JWK nor a JWK set.') : ofJwk(value);
  }
  if (keys.length === 0) return wrong('This JWK set holds no key.');
  const named = keys.filter((jwk) => kid !== '' && member(jwk, 'kid') === kid);
  const found =
    chosen === null ? (named.length === 1 ? named[0] : keys.length === 1 ? keys[0] : undefined) : keys[chosen];
  return found === undefined ? { kind: 'choose' } : ofJwk(found);
}
