import { decodeBase64UrlLoosely } from '../core/base64url.ts';
import type { JsonValue } from '../core/json.ts';
import { ticketFailure, type TicketFailure } from './failures.ts';
import { member } from './member.ts';

/** A token as the issuer reads it. `signedText` is header and payload as written, with the dot between. */
export interface IssuerToken {
  readonly kind: 'read';
  readonly algorithm: JsonValue | undefined;
  readonly payload: JsonValue;
  readonly signedText: string;
  readonly signatureText: string;
}

const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

function textOf(part: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(decodeBase64UrlLoosely(part) ?? new Uint8Array());
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** A text payload that holds an object or a list as JSON counts as that value; other text, `null` too, stays text. */
function unwrap(payload: JsonValue): JsonValue {
  const inner = typeof payload === 'string' ? parseJson(payload) : undefined;
  return typeof inner === 'object' && inner !== null ? inner : payload;
}

function refused(failure: TicketFailure): { readonly kind: 'refused'; readonly failure: TicketFailure } {
  return { kind: 'refused', failure };
}

/**
 * Splits and reads a token as the issuer does before it looks at the signature: three parts, strict alphabet, lenient
 * bits, header first. A payload that is not JSON is refused already here when `typ` is `JWT`; otherwise it stays text.
 */
export function readIssuerToken(
  token: string,
): IssuerToken | { readonly kind: 'refused'; readonly failure: TicketFailure } {
  if (token === '') return refused(ticketFailure('no-token', 'There is no token'));
  const parts = token.split('.', 4);
  if (parts.length !== 3) return refused(ticketFailure('not-three-parts', 'A token has three parts joined by dots'));
  const [headerText = '', payloadText = '', signatureText = ''] = parts;
  const header = TOKEN.test(token) ? parseJson(textOf(headerText)) : undefined;
  if (!header) {
    return refused(
      ticketFailure('unreadable-token', 'The header is not base64url of JSON, or a character is not allowed'),
    );
  }
  const text = textOf(payloadText);
  const parsed = member(header, 'typ') === 'JWT' ? parseJson(text) : text;
  if (parsed === undefined) return refused(ticketFailure('payload-not-json', 'The payload is not JSON'));
  return {
    kind: 'read',
    algorithm: member(header, 'alg'),
    payload: unwrap(parsed),
    signedText: `${headerText}.${payloadText}`,
    signatureText,
  };
}
