import type { JsonValue } from '../../json.ts';
import { WINDOW_SECONDS } from '../policylayer/vocabulary.ts';
import { stateScope } from '../intercept/rate-limit.ts';
import type { Change, LimitField } from './change.ts';
import type { BuilderDocument, BuilderLimit, BuilderTool } from './model.ts';
import { bound, longForm } from './new-parts.ts';
import type { Operation } from './operation.ts';
import { field, type Plan, plan, textOf } from './plan-steps.ts';

type LimitChange = Extract<Change, { kind: 'limit' }>;

const NAMES = {
  name: 'name',
  counter: 'counter',
  window: 'window',
  max: 'max',
  scope: 'scope',
  increment: 'increment',
  incrementFrom: 'increment_from',
  onDeny: 'on_deny',
} as const satisfies Record<LimitField, string>;

/** Plans another value for one field of a limit, wherever its form keeps that field. */
export function planLimit(document: BuilderDocument, change: LimitChange): Plan {
  const key = JSON.stringify(change.at);
  for (const tool of [document.everyTool, ...document.tools]) {
    const limit = tool.limits.find(({ path }) => JSON.stringify(path) === key);
    if (limit !== undefined) return plan(...operationsOf(limit, tool, change));
  }
  return { kind: 'refused', reason: 'this limit is not in the text any more' };
}

function operationsOf(limit: BuilderLimit, tool: BuilderTool, change: LimitChange): readonly Operation[] {
  if (change.field === 'name' || change.field === 'onDeny') {
    return [field([...limit.path, NAMES[change.field]], change.value)];
  }
  switch (limit.form) {
    case 'limit':
      return [...withoutOther(limit, change), field([...limit.path, NAMES[change.field]], change.value)];
    case 'rate_limit':
      return [field([...limit.path, NAMES[change.field]], secondsOf(change))];
    case 'short':
      return inShort(limit, tool, change);
    case 'state':
      return inState(limit, tool, change);
  }
}

/** `increment` and `increment_from` exclude each other. */
function withoutOther(limit: BuilderLimit, { field: name, value }: LimitChange): readonly Operation[] {
  const other = name === 'increment' ? 'increment_from' : name === 'incrementFrom' ? 'increment' : null;
  const within = limit.form === 'state' ? [...limit.path, 'state'] : limit.path;
  return other === null || value === undefined ? [] : [{ kind: 'remove', path: [...within, other] }];
}

function secondsOf({ field: name, value }: LimitChange): JsonValue | undefined {
  const word = Object.entries(WINDOW_SECONDS).find(([window]) => window === value);
  return name === 'window' && word !== undefined ? word[1] : value;
}

function inShort(limit: BuilderLimit, tool: BuilderTool, change: LimitChange): readonly Operation[] {
  if (change.field === 'max' || change.field === 'window') {
    const max = change.field === 'max' ? change.value : limit.max;
    const window = change.field === 'window' ? change.value : limit.window;
    return [{ kind: 'set', path: [...limit.path, 'rate_limit'], value: `${textOf(max)}/${textOf(window)}` }];
  }
  const { condition, state } = longForm(limit, tool.name);
  const value = change.value === undefined ? {} : { [NAMES[change.field]]: change.value };
  const counter = change.field === 'counter' && typeof change.value === 'string' ? change.value : null;
  const own = counter === null ? condition : bound(tool.name, counter, limit.max ?? 0);
  return [
    { kind: 'remove', path: [...limit.path, 'rate_limit'] },
    { kind: 'set', path: [...limit.path, 'conditions'], value: [own] },
    { kind: 'set', path: [...limit.path, 'state'], value: { ...state, ...value } },
  ];
}

function inState(limit: BuilderLimit, tool: BuilderTool, change: LimitChange): readonly Operation[] {
  const { value } = change;
  if (change.field !== 'max') {
    const own = field([...limit.path, 'state', NAMES[change.field]], value);
    const again = change.field === 'counter' ? limit.counterPath : null;
    const path = `state.${stateScope(tool.name)}.${textOf(value)}`;
    return [...withoutOther(limit, change), own, ...(again === null ? [] : [field(again, path)])];
  }
  if (limit.maxPath !== null) {
    return [field(limit.maxPath, typeof value === 'number' ? value - limit.maxOffset : (value ?? 0))];
  }
  const condition = bound(tool.name, textOf(limit.counter), value ?? 0);
  return [{ kind: 'insert', path: [...limit.path, 'conditions'], index: limit.conditions.length, value: condition }];
}
