import { replacement } from '../report.ts';
import type { Amount, Limit } from '../model.ts';
import { escapeSegment } from '../pointer.ts';
import { quoted } from '../wording.ts';
import { need, readChoice, readList, readName, readNumber, readObject, readText } from './place.ts';
import type { Fields, Place, Reading } from './place.ts';
import { readPath } from './read-condition.ts';
import {
  LIMIT_FIELDS,
  MAX_RATE_WINDOW_SECONDS,
  PATH_PREFIX,
  RATE_LIMIT_COUNTER,
  RATE_LIMIT_FIELDS,
  SCOPES,
  WINDOW_SECONDS,
  WINDOWS,
} from './vocabulary.ts';

const SECOND_MS = 1000;

/** Whose limits are read: `owner` is the pointer of the tool or of `all_tools`. */
interface Owner {
  readonly owner: string;
  readonly isAllTools: boolean;
}

/**
 * Reads the limits of one tool or of `all_tools`, the shorthand `rate_limit` last. Limits with errors are left out;
 * everything wrong is reported, counters used twice too.
 */
export function readLimits(
  reading: Reading,
  list: Place | undefined,
  rateLimit: Place | undefined,
  owner: Owner,
): readonly Limit[] {
  const counters = new Set<string>();
  const limits: Limit[] = [];
  for (const place of readList(reading, list, 'this limit')) {
    const limit = readLimit(reading, place, owner, counters);
    if (limit !== null) limits.push(limit);
  }
  const short = rateLimit === undefined ? null : readRateLimit(reading, rateLimit, owner.owner, counters);
  return short === null ? limits : [...limits, short];
}

function readLimit(reading: Reading, place: Place, owner: Owner, counters: Set<string>): Limit | null {
  const fields = readObject(reading, place, LIMIT_FIELDS, 'a limit');
  if (fields === null) return null;
  const counter = readCounter(reading, need(reading, fields, 'counter'), counters);
  const windowMs = readWindow(reading, need(reading, fields, 'window'));
  const max = readMax(reading, need(reading, fields, 'max'));
  const scopePlace = fields.members.get('scope');
  const scope = scopePlace === undefined ? 'grant' : readChoice(reading, scopePlace, SCOPES);
  const onDeny = readText(reading, fields.members.get('on_deny')) ?? '';
  const amount = readAmount(reading, fields, owner);
  if (counter === null || windowMs === null || max === null || scope === null || amount === null) return null;
  const rule = limitRule(owner.owner, counter);
  return {
    rule,
    pointer: place.pointer,
    onDeny: onDeny === '' ? null : onDeny,
    counter,
    counterKey: rule,
    scope,
    windowMs,
    max,
    amount,
    counts: true,
  };
}

/** Also the counter's identity: it holds the place, and escaping keeps any two places and names apart. */
function limitRule(owner: string, counter: string): string {
  return `${owner}/limits/${escapeSegment(counter)}`;
}

function readCounter(reading: Reading, place: Place | null, counters: Set<string>): string | null {
  const counter = readName(reading, place);
  if (counter === null || place === null) return null;
  if (counters.has(counter)) {
    const message = `the counter ${quoted(counter)} is used by another limit here; give each its own`;
    reading.report.add('repeated-counter', place.node.range, place.pointer, message);
  }
  counters.add(counter);
  return counter;
}

function readWindow(reading: Reading, place: Place | null): number | null {
  const number = place?.node.kind === 'scalar' ? place.node.value : null;
  const word = WINDOWS.find((window) => WINDOW_SECONDS[window] === number);
  if (place !== null && word !== undefined) {
    const fix = replacement(`Write \`"${word}"\``, place.node.range, `"${word}"`);
    const message = `${place.name} is a number of seconds; limits name their window, write \`"${word}"\``;
    reading.report.add('wrong-type', place.node.range, place.pointer, message, fix);
    return null;
  }
  const window = readChoice(reading, place, WINDOWS);
  return window === null ? null : WINDOW_SECONDS[window] * SECOND_MS;
}

function readMax(reading: Reading, place: Place | null): number | null {
  const max = readNumber(reading, place);
  if (max === null || place === null) return null;
  // why: `-0` passes as 0, and is made one.
  if (Number.isSafeInteger(max) && max >= 0) return Math.abs(max);
  const advice = max < 0 ? '0 or more' : max > Number.MAX_SAFE_INTEGER ? 'at most 9007199254740991' : 'a whole number';
  reading.report.add('bad-max', place.node.range, place.pointer, `${place.name} cannot be ${max}; write ${advice}`);
  return null;
}

function readAmount(reading: Reading, { members }: Fields, { isAllTools }: Owner): Amount | null {
  const fixed = members.get('increment');
  const from = members.get('increment_from');
  const increment = fixed === undefined ? 1 : readIncrement(reading, fixed);
  if (from === undefined) return increment === null ? null : { kind: 'static', value: increment };
  if (isAllTools) {
    const message = 'limits of `all_tools` cannot read an argument; remove this or move the limit to a tool';
    reading.report.add('increment-from-in-all-tools', from.label, from.pointer, message);
  }
  if (fixed !== undefined) {
    const message = '`increment` and `increment_from` exclude each other; keep one';
    reading.report.add('increment-twice', from.label, from.pointer, message);
  }
  const segments = readPath(reading, from);
  return segments === null ? null : { kind: 'argument', segments, path: `${PATH_PREFIX}${segments.join('.')}` };
}

function readIncrement(reading: Reading, place: Place): number | null {
  const increment = readNumber(reading, place);
  if (increment === null || increment > 0) return increment;
  const message = `${place.name} cannot be ${increment}; write a number above 0`;
  reading.report.add('bad-increment', place.node.range, place.pointer, message);
  return null;
}

function readRateLimit(reading: Reading, place: Place, owner: string, counters: ReadonlySet<string>): Limit | null {
  const fields = readObject(reading, place, RATE_LIMIT_FIELDS, 'the shorthand `rate_limit`');
  if (counters.has(RATE_LIMIT_COUNTER)) {
    const message = 'this shorthand counts under `rate_limit`, a counter of `limits` here; rename that counter';
    reading.report.add('repeated-counter', place.label, place.pointer, message);
  }
  if (fields === null) return null;
  const max = readMax(reading, need(reading, fields, 'max'));
  const seconds = readSeconds(reading, need(reading, fields, 'window'));
  if (max === null || seconds === null) return null;
  const rule = limitRule(owner, RATE_LIMIT_COUNTER);
  return {
    rule,
    pointer: place.pointer,
    onDeny: null,
    counter: RATE_LIMIT_COUNTER,
    counterKey: rule,
    scope: 'session',
    windowMs: seconds * SECOND_MS,
    max,
    amount: { kind: 'static', value: 1 },
    counts: true,
  };
}

function readSeconds(reading: Reading, place: Place | null): number | null {
  const text = place?.node.kind === 'scalar' ? place.node.value : null;
  const word = WINDOWS.find((window) => window === text);
  if (place !== null && word !== undefined) {
    const seconds = String(WINDOW_SECONDS[word]);
    const message = `the shorthand counts its window in seconds; write \`${seconds}\``;
    const fix = replacement(`Write \`${seconds}\``, place.node.range, seconds);
    reading.report.add('bad-window', place.node.range, place.pointer, message, fix);
    return null;
  }
  const seconds = readNumber(reading, place);
  if (seconds === null || place === null) return null;
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_RATE_WINDOW_SECONDS) return seconds;
  const message = `${place.name} cannot be ${seconds}; write whole seconds from 1 to ${MAX_RATE_WINDOW_SECONDS}`;
  reading.report.add('bad-window', place.node.range, place.pointer, message);
  return null;
}
