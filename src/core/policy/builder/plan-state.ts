import type { BuilderDocument, BuilderTool, ToolState } from './model.ts';
import { denial } from './new-parts.ts';
import type { Operation } from './operation.ts';
import { hiding, type Plan, plan, removal } from './plan-steps.ts';

/**
 * Plans another state of a tool. `deny` and `hide` keep what is written for it, so that `custom` brings it back; `allow`
 * takes its rules, limits and approval out.
 */
export function planState(document: BuilderDocument, tool: BuilderTool, state: ToolState): Plan {
  if (!tool.readable && state !== 'hide') {
    return { kind: 'refused', reason: `what is written for ${tool.name} is no set of rules; mend it in the text` };
  }
  if (state === 'hide') return plan(...(tool.hidden ? [] : hiding(document, tool.name, true)));
  if (document.hidesAll) return { kind: 'refused', reason: 'hide holds *, which hides every tool; take * out first' };
  const shown = hiding(document, tool.name, false);
  switch (state) {
    case 'allow':
      return plan(...shown, ...allowing(document, tool));
    case 'deny':
      return plan(...shown, ...denying(document, tool));
    case 'custom':
      return plan(...shown, ...listing(document, tool), ...withoutDenials(tool));
  }
}

function isBare({ rules, limits, approval }: BuilderTool): boolean {
  return rules.length === 0 && limits.length === 0 && approval === null;
}

function listing({ defaultAction }: BuilderDocument, tool: BuilderTool): readonly Operation[] {
  return tool.listed || defaultAction !== 'deny' ? [] : [{ kind: 'set', path: tool.path, value: {} }];
}

function allowing(document: BuilderDocument, tool: BuilderTool): readonly Operation[] {
  if (!tool.listed) return listing(document, tool);
  return isBare(tool) ? [] : [{ kind: 'set', path: tool.path, value: {} }];
}

function denying({ defaultAction, dialect }: BuilderDocument, tool: BuilderTool): readonly Operation[] {
  if (tool.alwaysDenied) return [];
  if (isBare(tool) && defaultAction === 'deny') return tool.listed ? [{ kind: 'remove', path: tool.path }] : [];
  const list = dialect === 'intercept' ? 'rules' : 'deny_if';
  return [{ kind: 'insert', path: [...tool.path, list], index: 0, value: denial(tool, dialect) }];
}

function withoutDenials(tool: BuilderTool): readonly Operation[] {
  const denials = tool.rules.filter(
    ({ kind, conditions }) => kind === 'deny' || (kind === 'deny_if' && conditions.length === 0),
  );
  return denials.toReversed().flatMap(({ path }) => removal(path));
}
