import type { Range } from '../diagnostic.ts';
import type { Policy, ToolPolicy } from './model.ts';
import type { Anchor } from './reader.ts';

/** Every place of `policy` that results attach to, in the order of evaluation; places that cannot be located are left out. */
export function anchorsOf(policy: Policy, locate: (pointer: string) => Range | null): readonly Anchor[] {
  const anchors: Anchor[] = [];
  const add = (kind: Anchor['kind'], pointer: string, rule: string, tool: string): void => {
    const range = locate(pointer);
    if (range !== null) anchors.push({ kind, pointer, rule, tool, range });
  };
  for (const entry of policy.hide) add('hide', entry.pointer, '(hidden)', entry.name === '*' ? '' : entry.name);
  add(
    'default',
    policy.dialect === 'intercept' ? 'default' : '/default',
    policy.defaultAction === 'deny' ? '(default deny)' : '',
    '',
  );
  for (const tool of policy.tools.values()) {
    add('tool', tool.pointer, '', tool.name);
    addParts(tool, tool.name, add);
  }
  if (policy.everyTool !== null) addParts(policy.everyTool, '', add);
  return anchors;
}

type Add = (kind: Anchor['kind'], pointer: string, rule: string, tool: string) => void;

function addParts(part: ToolPolicy, tool: string, add: Add): void {
  for (const rule of part.rules) add('rule', rule.pointer, rule.rule, tool);
  for (const limit of part.limits) add('limit', limit.pointer, limit.rule, tool);
  if (part.approval !== null) add('approval', part.approval.pointer, part.approval.rule, tool);
}
