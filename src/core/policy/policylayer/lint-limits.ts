import type { Policy } from '../model.ts';
import { locateNode, memberOf, type ObjectNode } from './json-node.ts';
import type { Reading } from './place.ts';

/** Limits that nothing fits into. */
export function lintLimits(reading: Reading, root: ObjectNode, policy: Policy): void {
  const owners = [...policy.tools.values(), ...(policy.everyTool === null ? [] : [policy.everyTool])];
  for (const { max, amount, pointer } of owners.flatMap(({ limits }) => limits)) {
    const node = max === 0 ? locateNode(root, pointer)?.node : undefined;
    const place = node?.kind === 'object' ? memberOf(node, 'max') : undefined;
    if (place === undefined) continue;
    const message =
      amount.kind === 'static'
        ? '`max` 0 denies every call; raise it, or deny the tool with a `deny_if` rule'
        : `\`max\` 0 lets only calls with \`${amount.path}\` 0 through; raise it, or deny the tool with a \`deny_if\` rule`;
    reading.report.add('max-zero', place.value.range, `${pointer}/max`, message);
  }
}
