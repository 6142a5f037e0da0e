import type { Limit, Policy, Rule, ToolPolicy } from '../model.ts';
import type { YamlDocument, YamlRule } from './intercept-document.ts';
import { type NativeDocument, type NativeTool, windowName } from './policylayer-document.ts';

/** A PolicyLayer policy as a document of its own dialect, shorthand written out. */
export function asPolicylayer({ description, defaultAction, hide, everyTool, tools }: Policy): NativeDocument {
  return {
    description,
    defaultAction,
    hide: hide.map(({ name }) => name),
    allTools: everyTool?.limits ?? [],
    tools: new Map([...tools].map(([name, tool]) => [name, nativeTool(tool)])),
  };
}

function nativeTool({ rules, limits, approval }: ToolPolicy): NativeTool {
  return {
    require: rules.filter(({ kind }) => kind === 'require'),
    denyIf: rules.filter(({ kind }) => kind === 'deny_if'),
    limits,
    approval,
  };
}

/** An Intercept policy as a document of its own dialect, shorthand written out. */
export function asIntercept({ description, defaultAction, hide, tools }: Policy): YamlDocument {
  return {
    description,
    defaultAction,
    hide: hide.map(({ name }) => name),
    tools: new Map([...tools].map(([name, tool]) => [name, yamlRules(tool)])),
  };
}

function yamlRules({ rules, limits }: ToolPolicy): readonly YamlRule[] {
  const byRule = new Map(limits.map((limit) => [limit.pointer, limit]));
  return rules.map((rule) => yamlRule(rule, byRule.get(rule.pointer) ?? null));
}

function yamlRule({ rule, conditions, onDeny, pointer }: Rule, limit: Limit | null): YamlRule {
  return {
    name: rule,
    conditions: conditions.map(({ path, op, value, operand = value }) => ({ path, op, value: operand })),
    onDeny,
    state: limit === null ? null : stateOf(limit),
    from: pointer,
  };
}

function stateOf({ counter, windowMs, amount }: Limit): YamlRule['state'] {
  return {
    counter,
    window: windowName(windowMs) ?? 'minute',
    increment: amount.kind === 'static' ? BigInt(amount.value) : 1n,
    incrementFrom: amount.kind === 'argument' ? amount.path : '',
  };
}
