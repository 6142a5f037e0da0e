import type { Change } from '../../../src/core/policy/builder/change.ts';
import type { BuilderDocument, BuilderTool } from '../../../src/core/policy/builder/model.ts';

const STATES = ['allow', 'deny', 'hide', 'custom'] as const;

/** One change of every kind that fits the parts of a document, in its order. */
export function everyChange(document: BuilderDocument): readonly Change[] {
  const rule = document.dialect === 'intercept' ? 'evaluate' : 'require';
  const tools = document.tools.filter(({ listed, hidden, name }) => listed || hidden || name === 'query_agents');
  return [
    { kind: 'default', action: document.defaultAction === 'deny' ? 'allow' : 'deny' },
    { kind: 'hide', name: 'get_agent_card', hidden: true },
    { kind: 'add-limit', tool: null },
    ...tools.flatMap((tool): readonly Change[] => [
      ...STATES.map((state) => ({ kind: 'state', tool: tool.name, state }) as const),
      { kind: 'add-rule', tool: tool.name, rule },
      {
        kind: 'put-rule',
        tool: tool.name,
        list: 'require',
        conditions: [{ path: 'args.note', op: 'regex', value: '(?i)^\\s*("a"|b)\\s*$' }],
      },
      { kind: 'add-limit', tool: tool.name },
      ...(tool.listed ? [{ kind: 'forget', tool: tool.name } as const] : []),
      ...partChanges(tool),
    ]),
  ];
}

function partChanges({ name, rules, limits }: BuilderTool): readonly Change[] {
  return [
    ...[...rules, ...limits].flatMap(({ path: at, conditions }): readonly Change[] => [
      { kind: 'field', at, name: 'on_deny', value: 'say: "why" # not' },
      { kind: 'field', at, name: 'on_deny', value: undefined },
      { kind: 'remove', at },
      { kind: 'move', at, by: 1 },
      { kind: 'add-condition', at, tool: name },
      ...conditions.flatMap(({ path, value }): readonly Change[] => [
        { kind: 'operator', at: path, op: 'not_in', value },
        { kind: 'operator', at: path, op: 'exists', value },
        { kind: 'field', at: path, name: 'value', value: ['a, b', 'c'] },
        { kind: 'field', at: path, name: 'value', value: 7 },
        { kind: 'remove', at: path },
      ]),
    ]),
    ...limits.flatMap(({ path: at }): readonly Change[] => [
      { kind: 'limit', at, field: 'max', value: 77 },
      { kind: 'limit', at, field: 'window', value: 'day' },
      { kind: 'limit', at, field: 'counter', value: 'other' },
      { kind: 'limit', at, field: 'incrementFrom', value: 'args.amount' },
    ]),
  ];
}
