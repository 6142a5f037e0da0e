import type { Range } from '../../diagnostic.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { childPointer, pointerSegments } from '../pointer.ts';

/** A value of a JSON text with the place where it stands. Containers span their brackets. */
export type JsonNode = ObjectNode | ListNode | ScalarNode;

/** An object, repeated names and all. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly range: Range;
  /** In order, repeats included. */
  readonly members: readonly Member[];
}

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly range: Range;
  readonly items: readonly JsonNode[];
}

/** Text, a number (`Infinity` for one beyond doubles), true, false or null. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly range: Range;
  readonly value: string | number | boolean | null;
}

/** A name with its value. */
export interface Member {
  readonly name: string;
  /** The name with its quotes. */
  readonly key: Range;
  /** Name and value. */
  readonly range: Range;
  readonly value: JsonNode;
}

/** The value as JSON. `__proto__` becomes an own key; of repeated names the last wins. */
export function toJson(node: JsonNode): JsonValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toJson);
  const object: Record<string, JsonValue> = {};
  for (const { name, value } of node.members) {
    // why: a plain assignment to `__proto__` would set the prototype instead of a key.
    Object.defineProperty(object, name, { value: toJson(value), writable: true, enumerable: true, configurable: true });
  }
  return object satisfies JsonObject;
}

const SMALL = 16;
const memberIndexes = new WeakMap<ObjectNode, ReadonlyMap<string, Member>>();

/** The member called `name`, the last of several. Quick for large objects asked again and again. */
export function memberOf(object: ObjectNode, name: string): Member | undefined {
  // why: an index for each of many small objects would cost more than it saves.
  if (object.members.length <= SMALL) return object.members.findLast((member) => member.name === name);
  let index = memberIndexes.get(object);
  if (index === undefined) {
    index = new Map(object.members.map((member) => [member.name, member]));
    memberIndexes.set(object, index);
  }
  return index.get(name);
}

/** What an RFC 6901 pointer leads to: the whole member in an object, the element in a list, the root for the empty one. */
export function locateNode(root: JsonNode, pointer: string): { readonly node: JsonNode; readonly range: Range } | null {
  const segments = pointerSegments(pointer);
  if (segments === null) return null;
  let place: { node: JsonNode; range: Range } = { node: root, range: root.range };
  for (const segment of segments) {
    const next = childOf(place.node, segment);
    if (next === null) return null;
    place = next;
  }
  return place;
}

function childOf(node: JsonNode, segment: string): { node: JsonNode; range: Range } | null {
  if (node.kind === 'object') {
    const member = memberOf(node, segment);
    return member === undefined ? null : { node: member.value, range: member.range };
  }
  const item = node.kind === 'list' && /^(?:0|[1-9]\d{0,9})$/.test(segment) ? node.items[Number(segment)] : undefined;
  return item === undefined ? null : { node: item, range: item.range };
}

/** Calls `visit` for every value, outer ones first, with its pointer made only when asked for. */
export function visitNodes(root: JsonNode, visit: (node: JsonNode, pointer: () => string) => void): void {
  const walk = (node: JsonNode, pointer: () => string): void => {
    visit(node, pointer);
    if (node.kind === 'object') {
      for (const { name, value } of node.members) walk(value, () => childPointer(pointer(), name));
    } else if (node.kind === 'list') {
      node.items.forEach((item, index) => walk(item, () => childPointer(pointer(), index)));
    }
  };
  walk(root, () => '');
}
