import type { JsonObject } from '../../json.ts';
import type { Change } from './change.ts';
import type { BuilderDocument, BuilderTool } from './model.ts';
import { newCondition, newLimit, newRule, fitting } from './new-parts.ts';
import type { Operation, Path } from './operation.ts';
import { hiding, field, plan, removal, toolOf, type Plan } from './plan-steps.ts';
import { planLimit } from './plan-limit.ts';
import { planState } from './plan-state.ts';

type PutRule = Extract<Change, { kind: 'put-rule' }>;

/** Plans a change of a document as the view model shows it. */
export function planChange(document: BuilderDocument, change: Change): Plan {
  switch (change.kind) {
    case 'default':
      return plan({ kind: 'set', path: ['default'], value: change.action });
    case 'state':
      return planState(document, toolOf(document, change.tool), change.state);
    case 'hide':
      return plan(...hiding(document, change.name, change.hidden));
    case 'forget':
      return plan({ kind: 'remove', path: ['tools', change.tool] });
    case 'approval':
      return plan(...approval(toolOf(document, change.tool), change.asked));
    case 'add-rule':
      return addRule(document, toolOf(document, change.tool), change.rule);
    case 'put-rule':
      return putRule(document, toolOf(document, change.tool), change);
    case 'add-condition': {
      const value = newCondition(change.tool ?? '', change.at.at(-2) !== 'deny_if');
      return plan({
        kind: 'insert',
        path: [...change.at, 'conditions'],
        index: conditionsAt(document, change.at),
        value,
      });
    }
    case 'add-limit':
      return addLimit(document, toolOf(document, change.tool), change.tool === null);
    case 'operator':
      return plan(
        { kind: 'set', path: [...change.at, 'op'], value: change.op },
        { kind: 'set', path: [...change.at, 'value'], value: fitting(change.op, change.value) },
      );
    case 'limit':
      return planLimit(document, change);
    case 'field':
      return plan(field([...change.at, change.name], change.value));
    case 'remove':
      return plan(...removal(change.at));
    case 'move':
      return plan(...moves(document, change.at, change.by));
  }
}

function approval(tool: BuilderTool, asked: boolean): readonly Operation[] {
  if (asked) return [{ kind: 'set', path: [...tool.path, 'action'], value: 'require_approval' }];
  return removal([...tool.path, 'action']);
}

type RuleKind = BuilderTool['rules'][number]['kind'];

/** Puts a rule with these conditions behind a tool's others. */
function putRule(document: BuilderDocument, tool: BuilderTool, { list, conditions }: PutRule): Plan {
  const isPolicylayer = document.dialect === 'policylayer';
  if (!isPolicylayer && list === 'deny_if') {
    return { kind: 'refused', reason: 'Intercept has no rule that denies when its conditions hold' };
  }
  const kind = isPolicylayer ? list : 'evaluate';
  return addRule(document, tool, kind, { ...newRule(tool, kind, document.dialect), conditions: [...conditions] });
}

function addRule(
  document: BuilderDocument,
  tool: BuilderTool,
  kind: RuleKind,
  value: JsonObject = newRule(tool, kind, document.dialect),
): Plan {
  const isPolicylayer = document.dialect === 'policylayer';
  const parts = isPolicylayer
    ? tool.rules.filter((rule) => rule.kind === kind && rule.form === 'rule')
    : [...tool.rules, ...tool.limits];
  return plan({ kind: 'insert', path: [...tool.path, isPolicylayer ? kind : 'rules'], index: behind(parts), value });
}

function addLimit(document: BuilderDocument, tool: BuilderTool, isForAll: boolean): Plan {
  const isPolicylayer = document.dialect === 'policylayer';
  if (!isPolicylayer && tool.name.includes('.')) {
    return { kind: 'refused', reason: 'Intercept keeps no limit for a tool with a dot in its name' };
  }
  const value = newLimit(tool, document.dialect, isForAll);
  if (value === null) {
    return {
      kind: 'refused',
      reason: 'Intercept takes one rate_limit for each window; give one of these a counter of its own',
    };
  }
  const parts = isPolicylayer ? tool.limits.filter(({ form }) => form === 'limit') : [...tool.rules, ...tool.limits];
  return plan({
    kind: 'insert',
    path: [...tool.path, isPolicylayer ? 'limits' : 'rules'],
    index: behind(parts),
    value,
  });
}

/** The index behind the last of some parts of one list. */
function behind(parts: readonly { readonly path: Path }[]): number {
  return Math.max(-1, ...parts.map(({ path }) => Number(path.at(-1)))) + 1;
}

function conditionsAt(document: BuilderDocument, at: Path): number {
  const key = JSON.stringify(at);
  const owners = [document.everyTool, ...document.tools].flatMap(({ rules, limits }) => [...rules, ...limits]);
  const owner = owners.find(({ path }) => JSON.stringify(path) === key);
  const bound =
    owner !== undefined && 'maxPath' in owner && owner.form === 'state' ? owner.maxPath?.slice(0, -1) : undefined;
  return behind([...(owner?.conditions ?? []), ...(bound === undefined ? [] : [{ path: bound }])]);
}

/** Moves a part past its neighbour on screen: in Intercept rules and limits share one list. */
function moves(document: BuilderDocument, at: Path, by: -1 | 1): readonly Operation[] {
  const key = JSON.stringify(at);
  const groups = [document.everyTool, ...document.tools].flatMap((tool) => groupsOf(tool));
  const group = groups.find((parts) => parts.some(({ path }) => JSON.stringify(path) === key)) ?? [];
  const here = group.findIndex(({ path }) => JSON.stringify(path) === key);
  const [from, to] = [Number(at.at(-1)), Number(group[here + by]?.path.at(-1))];
  if (!Number.isInteger(to)) return [];
  const list = at.slice(0, -1);
  const steps = Array.from({ length: Math.abs(to - from) }, (_, step) => from + step * by + (by === 1 ? 0 : -1));
  return steps.map((index) => ({ kind: 'swap', path: list, index }));
}

function groupsOf({ rules, limits }: BuilderTool): readonly (readonly { readonly path: Path }[])[] {
  const inList = <T extends { readonly path: Path }>(parts: readonly T[]): readonly T[] =>
    parts.filter(({ path }) => typeof path.at(-1) === 'number');
  const kinds = new Set(rules.map(({ kind }) => (kind === 'deny' ? 'evaluate' : kind)));
  const byKind = [...kinds].map((kind) =>
    inList(rules.filter((rule) => (rule.kind === 'deny' ? 'evaluate' : rule.kind) === kind)),
  );
  return [...byKind, inList(limits), ...[...rules, ...limits].map(({ conditions }) => conditions)];
}
