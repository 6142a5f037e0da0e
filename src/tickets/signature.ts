import { importSPKI, importX509 } from 'jose';
import { decodeBase64Url, decodeBase64UrlLoosely } from '../core/base64url.ts';
import { hashOf, isSymmetric, isTicketAlgorithm, type TicketAlgorithm } from './algorithms.ts';
import { ticketFailure, type TicketFailure } from './failures.ts';
import type { IssuerToken } from './issuer-token.ts';
import { show } from './member.ts';
import { readPem, spkiPem, type PemBlock } from './pem.ts';

/** What the ticket is checked with: the text of a shared secret, or a public key as PEM. */
export type TicketKey = { readonly secret: string } | { readonly publicPem: string };

async function importSecret(secret: string, algorithm: TicketAlgorithm): Promise<CryptoKey> {
  const hmac = { name: 'HMAC', hash: hashOf(algorithm) };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), hmac, false, ['verify']);
}

async function importAs(block: PemBlock, algorithm: string): Promise<CryptoKey | null> {
  const importPem = block.label === 'CERTIFICATE' ? importX509 : importSPKI;
  return importPem(spkiPem(block), algorithm).catch(() => null);
}

/** Key types that the issuer knows and refuses for RS256, RS384 and RS512. */
const OTHER_KEY_TYPES = ['ES256', 'ES384', 'ES512', 'Ed25519'];

async function importPublic(pem: string, algorithm: TicketAlgorithm): Promise<CryptoKey | TicketFailure> {
  const block = readPem(pem);
  const imported = block && (await importAs(block, algorithm));
  if (imported) return imported;
  if (block === null || block.label.endsWith('PRIVATE KEY')) {
    return ticketFailure('unusable-key', 'This is a private key, the public key of the pair is needed');
  }
  const others = await Promise.all(OTHER_KEY_TYPES.map((other) => importAs(block, other)));
  return others.some((other) => other !== null)
    ? ticketFailure('key-not-rsa', `${algorithm} needs an RSA key, this key is of another type`)
    : ticketFailure('unusable-key', 'The PEM text does not hold a public key');
}

function checkAlgorithm(found: IssuerToken['algorithm'], expected: string): TicketFailure | null {
  if (typeof found === 'string' && found.toLowerCase() === 'none') {
    return ticketFailure(
      'unsigned',
      `The token names the algorithm ${found}: it is not signed, and anyone could have made it`,
    );
  }
  if (found === undefined || found === '') return ticketFailure('no-algorithm', 'The header names no algorithm');
  if (found !== expected) {
    return ticketFailure('other-algorithm', `The token is signed with ${show(found)}, expected ${expected}`);
  }
  return isTicketAlgorithm(expected) ? null : ticketFailure('unknown-algorithm', `${expected} is not used by tickets`);
}

/** What is wrong before any arithmetic: no signature, no key, an algorithm or a kind of key that does not fit. */
function checkBefore(token: IssuerToken, material: string, expected: string): TicketFailure | null {
  const algorithm = checkAlgorithm(token.algorithm, expected);
  if (algorithm?.cause === 'unsigned') return algorithm;
  if (token.signatureText === '') return ticketFailure('no-signature', 'The token has no signature');
  if (material === '') return ticketFailure('no-key', 'There is no key to check with');
  if (algorithm !== null) return algorithm;
  const needsSecret = expected.startsWith('HS');
  if (needsSecret === (readPem(material) === null)) return null;
  return ticketFailure(
    'wrong-kind-of-key',
    needsSecret ? `${expected} needs a secret, this is a PEM key` : `${expected} needs a public key as PEM`,
  );
}

/**
 * The signature of `token` against `key` for exactly the algorithm `expected`. Null when it matches, else why not; a
 * text that is a PEM key counts as one wherever it stands, so a public key is never taken for a secret. Never throws.
 */
export async function checkSignature(
  token: IssuerToken,
  key: TicketKey,
  expected: string,
): Promise<TicketFailure | null> {
  const material = 'secret' in key ? key.secret : key.publicPem;
  const before = checkBefore(token, material, expected);
  if (before !== null || !isTicketAlgorithm(expected)) return before;
  const symmetric = isSymmetric(expected);
  const imported = symmetric ? await importSecret(material, expected) : await importPublic(material, expected);
  if (!(imported instanceof CryptoKey)) return imported;
  // why: the issuer compares HMAC signatures as text, so only one spelling of the bytes will do; RSA is read leniently.
  const signature = symmetric ? decodeBase64Url(token.signatureText) : decodeBase64UrlLoosely(token.signatureText);
  const data = new TextEncoder().encode(token.signedText);
  const name = symmetric ? 'HMAC' : 'RSASSA-PKCS1-v1_5';
  // why: WebCrypto and not jose's verify, which refuses RSA keys under 2048 bits that the issuer accepts.
  const matches = signature !== null && (await crypto.subtle.verify(name, imported, signature, data));
  return matches ? null : ticketFailure('signature-differs', 'The signature does not match this key and content');
}
