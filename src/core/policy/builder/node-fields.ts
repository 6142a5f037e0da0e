import type { Range } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import { type JsonNode, memberOf, toJson } from '../policylayer/json-node.ts';

/** The member called `name`; undefined when there is none, or `node` is no object. */
export function child(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? memberOf(node, name)?.value : undefined;
}

/** The value of a member; undefined when there is none. */
export function fieldOf(node: JsonNode | undefined, name: string): JsonValue | undefined {
  const found = child(node, name);
  return found === undefined ? undefined : toJson(found);
}

/** Where a member stands, its name included; null when there is none. */
export function memberRange(node: JsonNode | undefined, name: string): Range | null {
  return node?.kind === 'object' ? (memberOf(node, name)?.range ?? null) : null;
}

/** The elements of a list; none for anything else. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** True for a value that is left out or null. */
export function isNothing(node: JsonNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}
