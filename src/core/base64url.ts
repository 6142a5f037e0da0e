const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SEXTETS = new Uint8Array(128).fill(255);
for (let i = 0; i < 64; i++) SEXTETS[ALPHABET.charCodeAt(i)] = i;

/** Characters joined at a time: spreading a whole large array into one call overflows the stack. */
const CHUNK = 8192;

/** Base64url without padding (RFC 4648, section 5). Any length; never throws. */
export function encodeBase64Url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  for (let i = 0, out = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let shift = 18; shift >= 0 && out < codes.length; shift -= 6) {
      codes[out++] = ALPHABET.charCodeAt((group >> shift) & 63);
    }
  }
  const pieces: string[] = [];
  for (let i = 0; i < codes.length; i += CHUNK) pieces.push(String.fromCharCode(...codes.subarray(i, i + CHUNK)));
  return pieces.join('');
}

function sextets(text: string): Uint8Array | null {
  const values = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const value = SEXTETS[text.charCodeAt(i)] ?? 255;
    if (value === 255) return null;
    values[i] = value;
  }
  return values;
}

function join(values: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((values.length * 3) / 4));
  for (let out = 0; out < bytes.length; out++) {
    const at = Math.floor((out * 4) / 3);
    const step = out % 3;
    const pair = (values[at]! << 6) | values[at + 1]!;
    bytes[out] = pair >> (4 - 2 * step);
  }
  return bytes;
}

/**
 * Bytes of strict base64url: no padding, no other character, no impossible length, unused bits zero, so that every
 * byte string has exactly one spelling. Null for anything else; empty text is no bytes. Never throws.
 */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  const values = sextets(text);
  if (values === null || values.length % 4 === 1) return null;
  const last = values.at(-1) ?? 0;
  const unused = values.length % 4 === 2 ? 15 : values.length % 4 === 3 ? 3 : 0;
  return (last & unused) === 0 ? join(values) : null;
}

/**
 * The same alphabet, read as leniently as Node's `Buffer` reads it: leftover bits and a lone last character are
 * dropped. Null only for a character outside the alphabet.
 */
export function decodeBase64UrlLoosely(text: string): Uint8Array<ArrayBuffer> | null {
  const values = sextets(text);
  return values === null ? null : join(values);
}
