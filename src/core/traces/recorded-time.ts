import type { JsonValue } from '../json.ts';

/** A time as recorded, in whole ms since the epoch; `hasZone` is false for a text that names none, read as UTC. */
export interface RecordedTime {
  readonly atMs: number;
  readonly hasZone: boolean;
}

const ISO = /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?/;
const EPOCH = /(?<![\d.])\d{9,19}(?:\.\d{1,9})?(?![\d.])/;
/** The year 9998 ends before this. */
const END_MS = Date.UTC(9999, 0);

function ofEpoch(value: number): RecordedTime | null {
  // why: units are told apart by size; 1e8 s is 1973, and as ms it would be the second day of 1970.
  const divisor = value < 1e11 ? 0.001 : value < 1e14 ? 1 : value < 1e17 ? 1000 : 1_000_000;
  const atMs = Math.floor(divisor === 0.001 ? value * 1000 : value / divisor);
  return value >= 1e8 && atMs < END_MS ? { atMs, hasZone: true } : null;
}

function ofIso(match: RegExpExecArray): RecordedTime | null {
  const [, day = '', minute = '', second = '00', fraction = '', zone] = match;
  const offset = zone === undefined || zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const atMs = Date.parse(`${day}T${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return atMs >= 0 && atMs < END_MS ? { atMs, hasZone: zone !== undefined } : null;
}

/** The time a text holds somewhere, such as the start of a log line; ISO 8601 first, then an epoch number. */
export function findTime(text: string): RecordedTime | null {
  const iso = ISO.exec(text);
  if (iso !== null) return ofIso(iso);
  const epoch = EPOCH.exec(text);
  return epoch === null ? null : ofEpoch(Number(epoch[0]));
}

/**
 * A recorded time: ISO 8601, or a number of seconds, ms, µs or ns since the epoch, told apart by size (also as text).
 * Parts of a ms are cut off. Null for anything else, and outside 1970 to 9998. Never throws.
 */
export function readTime(value: JsonValue | undefined): RecordedTime | null {
  if (typeof value === 'number') return ofEpoch(value);
  return typeof value === 'string' && value.length <= 64 ? findTime(value) : null;
}
