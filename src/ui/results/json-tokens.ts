import type { JsonValue } from '../../core/json.ts';

/** A coloured piece of JSON text; the pieces joined are the text. */
export interface JsonToken {
  readonly kind: 'mark' | 'key' | 'text' | 'number' | 'word';
  readonly text: string;
}

const LINE_CHARS = 44;
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([^"\d\-tfn]+|.)/g;

/** One line with spaces (`{ "a": 1 }`) where that is short, else two-space indents. */
export function jsonText(value: JsonValue): string {
  const wide = JSON.stringify(value, null, 2);
  if (typeof value !== 'object' || value === null) return wide;
  const flat = wide.replace(/\n\s*/g, ' ');
  const nested = Object.values(value).some((one) => typeof one === 'object' && one !== null);
  return !nested && flat.length <= LINE_CHARS ? flat : wide;
}

/** The tokens of JSON text as `jsonText` writes it. */
export function jsonTokens(value: JsonValue): JsonToken[] {
  const tokens: JsonToken[] = [];
  for (const [all, quoted, colon, number, word] of jsonText(value).matchAll(TOKEN)) {
    if (quoted !== undefined && colon !== undefined)
      tokens.push({ kind: 'key', text: quoted }, { kind: 'mark', text: colon });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'mark', text: all });
  }
  return tokens;
}
