import { decodeBase64Url } from '../core/base64url.ts';
import type { Range } from '../core/diagnostic.ts';
import { jsonDepth } from '../core/json-depth.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { isTicketAlgorithm, signatureBytesOf } from './algorithms.ts';
import { isJsonObject, member, show } from './member.ts';

/** Longest token that is opened, in characters; real ones are a few hundred. */
export const MOST_TOKEN_CHARACTERS = 65_536;
const MOST_DEPTH = 64;

/** Why a text is no token that can be opened. Each has a test. */
export const MALFORMED_CODES = [
  'empty',
  'too-large',
  'not-a-token',
  'too-few-parts',
  'too-many-parts',
  'encrypted',
  'not-base64url',
  'cut-short',
  'not-json',
  'not-an-object',
  'too-deep',
] as const;
export type MalformedCode = (typeof MALFORMED_CODES)[number];

/** Something to know about a token that opened: sentences without a full stop. */
export interface TokenRemark {
  readonly code: 'unsigned' | 'no-signature' | 'signature-length' | 'no-algorithm' | 'prefix-removed';
  readonly message: string;
}

/** A token opened, not verified. `parts` are offsets into `token`, which is the text without blanks and prefix. */
export interface DecodedToken {
  readonly kind: 'decoded';
  readonly token: string;
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly signature: Uint8Array;
  /** `alg` as written; empty when there is none. */
  readonly algorithm: string;
  readonly parts: { readonly header: Range; readonly payload: Range; readonly signature: Range };
  readonly remarks: readonly TokenRemark[];
}

/** What is wrong with the text and what to do, in sentences. */
export interface MalformedToken {
  readonly kind: 'malformed';
  readonly code: MalformedCode;
  readonly message: string;
}

const PREFIX_REMOVED: TokenRemark = {
  code: 'prefix-removed',
  message: 'Bearer in front is not part of the token',
};
const COPY_AGAIN = 'Copy the whole token again.';

type Step<T> = { readonly value: T } | { readonly problem: MalformedToken };

function problem(code: MalformedCode, message: string): { readonly problem: MalformedToken } {
  return { problem: { kind: 'malformed', code, message } };
}

function splitParts(token: string): Step<readonly string[]> {
  const parts = token.split('.', 6);
  if (parts.length === 3) return { value: parts };
  if (parts.length === 1) return problem('not-a-token', 'This is no token: three parts joined by dots are expected.');
  if (parts.length === 2) return problem('too-few-parts', `Only two of three parts are there. ${COPY_AGAIN}`);
  if (parts.length === 5) return problem('encrypted', 'Five parts: this token is encrypted and cannot be opened here.');
  return problem('too-many-parts', 'There are more than three parts. Paste one token only.');
}

/** A character in quotes, or its code where it could not be told from others, or turns the text around it. */
function named(character: string): string {
  if (/[!-~]/.test(character)) return JSON.stringify(character);
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function decodePart(part: string, name: string): Step<Uint8Array> {
  const wrong = /[^A-Za-z0-9_-]/u.exec(part);
  if (wrong !== null) {
    const place = `character ${wrong.index + 1} of the ${name} is ${named(wrong[0])}`;
    return problem('not-base64url', `Not base64url: ${place}. ${COPY_AGAIN}`);
  }
  const value = decodeBase64Url(part);
  return value === null ? problem('cut-short', `The ${name} is cut short or altered. ${COPY_AGAIN}`) : { value };
}

function parsePart(part: string, name: string): Step<JsonObject> {
  const bytes = decodePart(part, name);
  if ('problem' in bytes) return bytes;
  let value: JsonValue;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.value);
    if (jsonDepth(text) > MOST_DEPTH)
      return problem('too-deep', `The ${name} is nested over ${MOST_DEPTH} levels deep.`);
    value = JSON.parse(text) as JsonValue;
  } catch {
    return problem('not-json', `The ${name} is not JSON: it is cut short, or this is no token. ${COPY_AGAIN}`);
  }
  return isJsonObject(value)
    ? { value }
    : problem('not-an-object', `The ${name} is ${show(value)}, not a JSON object.`);
}

function remarksOn(algorithm: string, bytes: number): TokenRemark[] {
  if (algorithm.toLowerCase() === 'none') {
    return [
      { code: 'unsigned', message: `Algorithm ${algorithm}: this token is not signed, anyone could have made it` },
    ];
  }
  const remarks: TokenRemark[] = [];
  if (algorithm === '') remarks.push({ code: 'no-algorithm', message: 'The header names no algorithm' });
  const expected = isTicketAlgorithm(algorithm) ? signatureBytesOf(algorithm) : null;
  if (bytes === 0)
    remarks.push({ code: 'no-signature', message: 'The signature is missing: the token may be cut short' });
  else if (expected !== null && bytes !== expected) {
    const message = `The signature has ${bytes} bytes, ${algorithm} makes ${expected}: the token may be cut short`;
    remarks.push({ code: 'signature-length', message });
  }
  return remarks;
}

function offsets(header: string, payload: string, token: string): DecodedToken['parts'] {
  const second = header.length + 1;
  const third = second + payload.length + 1;
  return {
    header: { start: 0, end: header.length },
    payload: { start: second, end: second + payload.length },
    signature: { start: third, end: token.length },
  };
}

function open(token: string): DecodedToken | MalformedToken {
  const parts = splitParts(token);
  if ('problem' in parts) return parts.problem;
  const [headerText = '', payloadText = '', signatureText = ''] = parts.value;
  const header = parsePart(headerText, 'header');
  if ('problem' in header) return header.problem;
  const payload = parsePart(payloadText, 'payload');
  if ('problem' in payload) return payload.problem;
  const signature = decodePart(signatureText, 'signature');
  if ('problem' in signature) return signature.problem;
  const named = member(header.value, 'alg');
  const algorithm = typeof named === 'string' ? named : '';
  return {
    kind: 'decoded',
    token,
    header: header.value,
    payload: payload.value,
    signature: signature.value,
    algorithm,
    parts: offsets(headerText, payloadText, token),
    remarks: remarksOn(algorithm, signature.value.length),
  };
}

/**
 * Opens any JWT without verifying it. Blanks around it and a `Bearer ` in front are taken off. Texts over 64 Ki
 * characters are refused before anything is read. Never throws.
 */
export function decodeToken(text: string): DecodedToken | MalformedToken {
  if (text.length > MOST_TOKEN_CHARACTERS) {
    const [size, most] = [text.length, MOST_TOKEN_CHARACTERS].map((count) => count.toLocaleString('en-GB'));
    const message = `This text has ${size} characters, a token may have ${most}. Paste the token alone.`;
    return problem('too-large', message).problem;
  }
  const trimmed = text.trim();
  const token = trimmed.replace(/^Bearer\s+/i, '');
  if (token === '') return problem('empty', 'Nothing to open. Paste a token.').problem;
  const decoded = open(token);
  if (decoded.kind === 'malformed' || token === trimmed) return decoded;
  return { ...decoded, remarks: [...decoded.remarks, PREFIX_REMOVED] };
}
