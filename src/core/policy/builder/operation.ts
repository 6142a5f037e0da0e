import type { JsonObject, JsonValue } from '../../json.ts';

/** The way to a value: names of members, positions in lists. */
export type Path = readonly (string | number)[];

/**
 * One change to the structure of a document. `set` makes the objects on the way that are missing or null, `insert` the
XX the elements at `index` and `index + 1`.
 */
export type Operation =
  | { readonly kind: 'set'; readonly path: Path; readonly value: JsonValue }
  | { readonly kind: 'insert'; readonly path: Path; readonly index: number; readonly value: JsonValue }
  | { readonly kind: 'remove' | 'prune'; readonly path: Path }
  | { readonly kind: 'swap'; readonly path: Path; readonly index: number };

/** What an operation makes of a document's value; null when its path does not fit the value. */
export function operate(value: JsonValue, operation: Operation): JsonValue | null {
  const { kind, path } = operation;
  switch (kind) {
    case 'set':
      return replaceAt(value, path, () => operation.value);
    case 'insert':
      return replaceAt(value, path, (list) =>
        list === undefined || list === null
          ? [operation.value]
          : isList(list)
            ? list.toSpliced(operation.index, 0, operation.value)
            : null,
      );
    case 'remove':
    case 'prune':
      return replaceAt(value, path.slice(0, -1), (parent) => without(parent, path.at(-1)));
    case 'swap':
      return replaceAt(value, path, (list) => swapped(list, operation.index));
  }
}

type Change = (value: JsonValue | undefined) => JsonValue | null;

function replaceAt(value: JsonValue | undefined, path: Path, change: Change): JsonValue | null {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (typeof first === 'number') {
    if (!isList(value) || first >= value.length) return null;
    const item = replaceAt(value[first], rest, change);
    return item === null ? null : value.with(first, item);
  }
  if (value !== undefined && value !== null && !isObject(value)) return null;
  const inner = replaceAt(ownMember(value, first), rest, change);
  return inner === null ? null : withMember(value ?? {}, first, inner);
}

function without(parent: JsonValue | undefined, last: string | number | undefined): JsonValue | null {
  if (typeof last === 'number') return isList(parent) ? parent.toSpliced(last, 1) : null;
  if (last === undefined || !isObject(parent)) return null;
  return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== last));
}

function swapped(list: JsonValue | undefined, index: number): JsonValue | null {
  if (!isList(list)) return null;
  const [a, b] = [list[index], list[index + 1]];
  return a === undefined || b === undefined ? null : list.with(index, b).with(index + 1, a);
}

/** True for a JSON object, neither a list nor null. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON list. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function ownMember(object: JsonObject | null | undefined, name: string): JsonValue | undefined {
  return object !== null && object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

function withMember(object: JsonObject, name: string, value: JsonValue): JsonObject {
  // why: made from entries, a member called `__proto__` is one like any other.
  const entries = Object.entries(object);
  const at = entries.findIndex(([other]) => other === name);
  return Object.fromEntries(at < 0 ? [...entries, [name, value]] : entries.with(at, [name, value]));
}
