import { findTool, type Tool } from '../../catalogue/tools.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { stateScope, WINDOW_MS } from '../intercept/rate-limit.ts';
import type { Dialect, Operator } from '../model.ts';
import type { BuilderLimit, BuilderTool, RuleKind } from './model.ts';
import { isList } from './operation.ts';

/** Calls a minute that a new limit allows, as the catalogue recommends them; 60 where it names none. */
const MAX = { Read: 60, Write: 30, Execute: 10 } as const satisfies Record<Tool['category'], number>;

/** A rule to begin with: valid, and about the tool's first required argument. */
export function newRule(tool: BuilderTool, rule: RuleKind, dialect: Dialect): JsonObject {
  const name = dialect === 'intercept' ? { name: freeName(tool, `${label(tool)} rule`) } : {};
  if (rule === 'deny') return { ...name, action: 'deny' };
  const action = dialect === 'intercept' ? { action: 'evaluate' } : {};
  return { ...name, ...action, conditions: [newCondition(tool.name, rule === 'deny_if' ? false : true)] };
}

/** A condition to begin with; `present` is what `exists` asks for. */
export function newCondition(tool: string, present: boolean): JsonObject {
  const fields = findTool(tool)?.fields ?? [];
  const field = fields.find(({ required }) => required) ?? fields[0];
  return { path: `args.${field?.name ?? 'id'}`, op: 'exists', value: present };
}

/** A rule that denies every call of a tool. */
export function denial(tool: BuilderTool, dialect: Dialect): JsonObject {
  return dialect === 'intercept' ? newRule(tool, 'deny', dialect) : { conditions: [] };
}

/** A limit to begin with; null when Intercept has no window left for one more `rate_limit`. */
export function newLimit(tool: BuilderTool, dialect: Dialect, isForAll: boolean): JsonObject | null {
  const category = findTool(tool.name)?.category ?? 'Read';
  if (dialect === 'policylayer') {
    const [base, window, max] = isForAll ? ['all_calls', 'hour', 500] : [`${tool.name}_rate`, 'minute', MAX[category]];
    return { counter: free(counters(tool), base, '_'), window, max, scope: 'grant' };
  }
  const used = new Set(tool.limits.flatMap(({ form, window }) => (form === 'short' ? [window] : [])));
  const window = [...WINDOW_MS.keys()].find((each) => !used.has(each));
  if (window === undefined) return null;
  return { name: freeName(tool, `${label(tool)} limit`), rate_limit: `${String(MAX[category])}/${window}` };
}

/** The long form of Intercept's `rate_limit`: what to set in its rule. */
export function longForm(
  limit: BuilderLimit,
  tool: string,
): { readonly condition: JsonObject; readonly state: JsonObject } {
  const window = typeof limit.window === 'string' ? limit.window : 'minute';
  const counter = `rate_${window}`;
  return {
    condition: bound(tool, counter, limit.max ?? 0),
    state: { counter, window },
  };
}

/** Intercept's condition that holds a counter to `max`. */
export function bound(tool: string, counter: string, max: JsonValue): JsonObject {
  return { path: `state.${stateScope(tool)}.${counter}`, op: 'lte', value: max };
}

/** A value that an operator takes, as near to the one before as can be. */
export function fitting(op: Operator, value: JsonValue | undefined): JsonValue {
  const list = isList(value) ? value : null;
  const single = list === null ? value : list[0];
  switch (op) {
    case 'in':
    case 'not_in':
      return list ?? (single === undefined || typeof single === 'boolean' ? [] : [single]);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      const number = typeof single === 'string' && single.trim() !== '' ? Number(single) : single;
      return typeof number === 'number' && Number.isFinite(number) ? number : 0;
    }
    case 'exists':
      return typeof value === 'boolean' ? value : true;
    case 'regex':
      return typeof single === 'string' || typeof single === 'number' ? String(single) : '';
    default:
      return single === undefined || (typeof single === 'boolean' && op === 'contains') ? '' : single;
  }
}

function label({ name }: BuilderTool): string {
  return name === '*' ? 'every tool' : name;
}

function counters(tool: BuilderTool): ReadonlySet<JsonValue | undefined> {
  return new Set(tool.limits.map(({ counter }) => counter));
}

function freeName(tool: BuilderTool, base: string): string {
  const names = new Set([...tool.rules, ...tool.limits].map(({ name }) => name));
  return free(names, base, ' ');
}

function free(used: ReadonlySet<JsonValue | undefined>, base: string, between: string): string {
  let name = base;
  for (let number = 2; used.has(name); number++) name = `${base}${between}${String(number)}`;
  return name;
}
