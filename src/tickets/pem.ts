import { decodeBase64UrlLoosely, encodeBase64Url } from '../core/base64url.ts';

/** One PEM block: its label, its bytes, and the block alone as canonical text. */
export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
  readonly pem: string;
}

const BLOCK =
  /-----BEGIN (PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE|PRIVATE KEY|RSA PRIVATE KEY|EC PRIVATE KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----/;
const DER_SEQUENCE = 0x30;

function toPem(label: string, der: Uint8Array): string {
  const base64 = encodeBase64Url(der).replaceAll('-', '+').replaceAll('_', '/');
  const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, '=');
  return `-----BEGIN ${label}-----\n${padded.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** The first key or certificate in `text`; null when there is none or its content is not DER. Never throws. */
export function readPem(text: string): PemBlock | null {
  const [, label = '', body = ''] = BLOCK.exec(text) ?? [];
  const base64 = body.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_');
  const der = decodeBase64UrlLoosely(base64);
  return der?.[0] === DER_SEQUENCE ? { label, der, pem: toPem(label, der) } : null;
}

function derLength(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

/** AlgorithmIdentifier rsaEncryption with NULL parameters (RFC 8017, appendix A.1). */
const RSA_ENCRYPTION = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/** The block as a `PUBLIC KEY`: an `RSA PUBLIC KEY` is wrapped, anything else is handed back as it is. */
export function spkiPem(block: PemBlock): string {
  if (block.label !== 'RSA PUBLIC KEY') return block.pem;
  const bits = [0x03, ...derLength(block.der.length + 1), 0, ...block.der];
  const content = [...RSA_ENCRYPTION, ...bits];
  return toPem('PUBLIC KEY', new Uint8Array([DER_SEQUENCE, ...derLength(content.length), ...content]));
}
