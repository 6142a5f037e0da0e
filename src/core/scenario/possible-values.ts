import type { JsonValue } from '../json.ts';
import type { ArgumentNode, ArgumentPlan } from './argument-plan.ts';

/** Enough to see every kind of value a field can have; a `$pick` of more is looked at in part. */
const MOST = 200;

/** One value of a node with every template at its smallest. */
function oneValue(node: ArgumentNode, plan: ArgumentPlan): JsonValue {
  return possibleValues(node, plan)[0] ?? null;
}

/** A list or object built with one member at a time going through its values, the others at their first. */
function varied(
  members: readonly ArgumentNode[],
  plan: ArgumentPlan,
  build: (values: JsonValue[]) => JsonValue,
): JsonValue[] {
  const firsts = members.map((member) => oneValue(member, plan));
  const others = members.flatMap((member, at) =>
    possibleValues(member, plan)
      .slice(1)
      .map((value) => build(firsts.with(at, value))),
  );
  return [build(firsts), ...others].slice(0, MOST);
}

/**
 * Values a node can come to, for checking them against a tool: every choice of `$pick` and `$seq`, templates and `$int`
 * at their smallest. At least one and at most 200.
 */
export function possibleValues(node: ArgumentNode, plan: ArgumentPlan): readonly JsonValue[] {
  switch (node.kind) {
    case 'constant':
      return [node.value];
    case 'number':
      return [plan.leaves[node.leaf]?.lo ?? 0];
    case 'text':
      return [node.parts.map((part) => (typeof part === 'string' ? part : String(plan.leaves[part]?.lo))).join('')];
    case 'choice':
      return node.options
        .slice(0, MOST)
        .flatMap((option) => possibleValues(option, plan))
        .slice(0, MOST);
    case 'list':
      return varied(node.items, plan, (values) => values);
    case 'object': {
      const keys = node.entries.map(([key]) => key);
      const members = node.entries.map(([, member]) => member);
      return varied(members, plan, (values) => Object.fromEntries(values.map((value, at) => [keys[at] ?? '', value])));
    }
  }
}
