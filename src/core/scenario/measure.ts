import { MAX_BYTES } from './limits.ts';

/** Deepest nesting a document is looked at: a link holds no more, and it keeps every walk through it short. */
const MAX_NESTING = 64;

/** What is wrong with a document before its shape is looked at. `path`: keys and indices to the place. */
export interface MeasureProblem {
  readonly code: 'not-data' | 'too-large' | 'too-deep';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface Place {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Place | null;
  readonly depth: number;
}

function pathTo(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at.parent !== null; at = at.parent) path.unshift(at.key);
  return path;
}

/** Bytes of a text as JSON in UTF-8, its quotes included. */
function textBytes(text: string): number {
  let bytes = 2;
  for (let i = 0; i < text.length && bytes <= MAX_BYTES; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20) bytes += 6;
    else if (unit === 0x22 || unit === 0x5c) bytes += 2;
    else if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    // why: half of a surrogate pair, which takes four bytes together.
    else bytes += unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

/** Bytes of a value without its members, -1 when JSON cannot hold it. */
function ownBytes(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 4;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).length : -1;
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object') return -1;
  if (Array.isArray(value)) return 2 + value.length;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype ? 2 : -1;
}

function pushMembers(waiting: Place[], parent: Place): void {
  const { value } = parent;
  if (typeof value !== 'object' || value === null) return;
  const depth = parent.depth + 1;
  // why: entries() visits the holes of a list too, which JSON cannot hold.
  const members: Iterable<[string | number, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, member] of members) waiting.push({ value: member, key, parent, depth });
}

/**
 * Looks through a value without recursion: is it JSON, is it small enough, is it flat enough? The first problem, or null.
 * Ends for any value, rings included, because what it has seen counts against the size.
 */
export function measureDocument(value: unknown): MeasureProblem | null {
  const waiting: Place[] = [{ value, key: '', parent: null, depth: 1 }];
  let bytes = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const own = ownBytes(place.value);
    if (own < 0) {
      const words = typeof place.value === 'number' ? 'a number JSON cannot hold' : 'no JSON value';
      return {
        code: 'not-data',
        path: pathTo(place),
        message: `this is ${words}; use text, a number, a list or an object`,
      };
    }
    bytes += own + (typeof place.key === 'string' && place.parent !== null ? textBytes(place.key) + 1 : 0);
    if (bytes > MAX_BYTES) {
      return { code: 'too-large', path: [], message: 'a scenario holds at most 1 MiB; shorten it or use `repeat`' };
    }
    if (place.depth > MAX_NESTING) {
      const message = `a scenario nests at most ${MAX_NESTING} levels; flatten it`;
      return { code: 'too-deep', path: pathTo(place), message };
    }
    pushMembers(waiting, place);
  }
  return null;
}
