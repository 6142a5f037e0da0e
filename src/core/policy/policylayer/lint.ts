import type { Policy } from '../model.ts';
import type { JsonNode } from './json-node.ts';
import { memberOf } from './json-node.ts';
import { lintLeftOutArguments } from './lint-arguments.ts';
import { lintLimits } from './lint-limits.ts';
import { lintNames } from './lint-names.ts';
import { lintShorthand } from './lint-shorthand.ts';
import type { Reading } from './place.ts';

/** Warnings about a policy without errors: what it does that was probably not meant, each with its fix where one is exact. */
export function lintPolicy(
  reading: Reading,
  root: JsonNode,
  policy: Policy,
  knownTools: readonly string[] | null,
): void {
  if (root.kind !== 'object') return;
  lintNames(reading, root, policy, knownTools);
  lintLimits(reading, root, policy);
  const tools = memberOf(root, 'tools')?.value;
  if (tools?.kind !== 'object') return;
  for (const tool of policy.tools.values()) {
    const node = memberOf(tools, tool.name)?.value;
    if (node?.kind !== 'object') continue;
    lintShorthand(reading, node, tool);
    lintLeftOutArguments(reading, node, tool);
  }
}
