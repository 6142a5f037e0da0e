import type { JsonObject } from '../core/json.ts';
import { TICKET_ISSUER } from '../core/upstream/ticket-claims.ts';
import { hashOf, isSymmetric, isTicketAlgorithm } from './algorithms.ts';
import type { DecodedToken } from './decode.ts';
import { member } from './member.ts';
import { isPublicKey, secretBytesOf, type TicketKey } from './signature.ts';
import { formatTime } from './time.ts';

/** Something dangerous about a token or a key, though it may well verify: sentences without a last full stop. */
export interface TicketWarning {
  readonly code: 'short-secret' | 'confusion' | 'confused' | 'private-half' | 'meant-for' | 'looks-real';
  readonly message: string;
}

function shortSecret(key: TicketKey, algorithm: string): readonly TicketWarning[] {
  const bytes = secretBytesOf(key)?.length ?? 0;
  if (bytes === 0 || isPublicKey(key) || !isTicketAlgorithm(algorithm) || !isSymmetric(algorithm)) return [];
  const least = Number(algorithm.slice(2)) / 8;
  if (bytes >= least) return [];
  const has = `This secret has ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}, ${algorithm} asks for at least ${least}`;
  return [{ code: 'short-secret', message: `${has} (RFC 7518, section 3.2): a short secret is found by trying` }];
}

/**
 * Warnings about checking a token with a key: a secret shorter than its hash, a public key for a token that names an
 * HMAC algorithm, a JWK meant for something else. `algorithm` is the one expected. In this order; empty when none apply.
 */
export function warnAboutKey(
  token: Pick<DecodedToken, 'algorithm'>,
  key: TicketKey,
  algorithm: string,
  about: { readonly meantFor: string; readonly hasPrivate: boolean } = { meantFor: '', hasPrivate: false },
): readonly TicketWarning[] {
  const warnings = [...shortSecret(key, algorithm)];
  if (isPublicKey(key) && token.algorithm.startsWith('HS')) {
    const message = `Algorithm confusion: the token names ${token.algorithm}, the key is public. A check that believes the token takes the public key for the secret, and anyone who has it can sign; here only the algorithm chosen counts`;
    warnings.push({ code: 'confusion', message });
  }
  if (about.hasPrivate) {
    warnings.push({
      code: 'private-half',
      message: 'This JWK holds the private key too. Only its public half is used',
    });
  }
  if (about.meantFor !== '' && about.meantFor !== algorithm) {
    warnings.push({ code: 'meant-for', message: `This JWK is meant for ${about.meantFor}, not for ${algorithm}` });
  }
  return warnings;
}

/** Spellings of a public key's text that an attacker may have signed with. */
function spellingsOf(text: string): readonly string[] {
  const trimmed = text.trim();
  return [...new Set([text, trimmed, `${trimmed}\n`])];
}

/**
 * The proof of an algorithm confusion: true when an HS* token is signed with the text of the public key `text` as its
 * secret, as given or with another end of line. False for any other token, and where there is no WebCrypto.
 */
export async function isSignedWithText(token: DecodedToken, text: string): Promise<boolean> {
  const { algorithm, signature, parts } = token;
  if (text === '' || !isTicketAlgorithm(algorithm) || !isSymmetric(algorithm)) return false;
  const data = new TextEncoder().encode(token.token.slice(0, parts.payload.end));
  const hmac = { name: 'HMAC', hash: hashOf(algorithm) };
  try {
    for (const spelling of spellingsOf(text)) {
      const bytes = new TextEncoder().encode(spelling);
      const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['verify']);
      if (await crypto.subtle.verify('HMAC', key, Uint8Array.from(signature), data)) return true;
    }
  } catch {
    return false;
  }
  return false;
}

/** What is said when that proof is found. */
export const CONFUSED: TicketWarning = {
  code: 'confused',
  message: 'This token is signed with the text of the public key as its secret: an attack by algorithm confusion',
};

function untilWords(payload: JsonObject): string {
  const expires = member(payload, 'exp');
  const time = typeof expires === 'number' ? formatTime(expires) : null;
  return time === null ? 'never expires' : `is valid until ${time} UTC`;
}

/**
 * The warning that a token looks like a real one: signed, of another issuer than Agntor, and valid at `nowSeconds` (this
 * computer's clock). Null for any other.
 */
export function warnIfReal(
  token: Pick<DecodedToken, 'payload' | 'signature' | 'algorithm'>,
  nowSeconds: number,
): TicketWarning | null {
  const { payload, signature, algorithm } = token;
  const [issuer, expires] = [member(payload, 'iss'), member(payload, 'exp')];
  if (typeof issuer !== 'string' || issuer === '' || issuer === TICKET_ISSUER) return null;
  if (signature.length === 0 || algorithm.toLowerCase() === 'none') return null;
  if (typeof expires === 'number' && expires <= nowSeconds) return null;
  const name = issuer.length > 80 ? `${issuer.slice(0, 80)}…` : issuer;
  const what = `This looks like a real token: ${name} issued it and it ${untilWords(payload)}`;
  return {
    code: 'looks-real',
    message: `${what}. It stays on this page. Who has it can use it: revoke it if in doubt`,
  };
}
