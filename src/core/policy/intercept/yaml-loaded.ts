import type { Range } from '../../diagnostic.ts';

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/** Control characters, which Intercept's reader refuses wherever they stand. */
const CONTROLS = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\uffff\u{10000}-\u{10ffff}]/gu;

/** YAML as written by a library, with control characters escaped; they stand in double quotes alone. */
export function escapeControls(yaml: string): string {
  return yaml.replace(CONTROLS, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A plain number as Intercept's decoder holds it: whole numbers of 64 bits exactly, larger decimal ones as doubles, and
 * what no double holds, or hexadecimal beyond 64 bits, as text.
 */
export function numberAsLoaded(value: number | bigint, source: string): number | bigint | string {
  if (typeof value === 'number') return Math.abs(value) === Infinity && !/inf/i.test(source) ? source : value;
  if (value >= INT64_MIN && value <= UINT64_MAX) return value;
  const rounded = Number(value);
  return /^0[xo]/.test(source) || !Number.isFinite(rounded) ? source : rounded;
}

/** Control characters in a text, each with its place. */
export function flawsOf(text: string): readonly { readonly message: string; readonly range: Range }[] {
  return [...text.matchAll(CONTROLS)].slice(0, 100).map(({ 0: found, index }) => {
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const message = `the character U+${code} cannot stand in YAML; remove it or write it as an escape in double quotes`;
    return { message, range: { start: index, end: index + found.length } };
  });
}
