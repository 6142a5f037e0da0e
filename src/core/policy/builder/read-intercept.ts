import type { JsonValue } from '../../json.ts';
import { parseRateLimit, stateScope } from '../intercept/rate-limit.ts';
import type { JsonNode } from '../policylayer/json-node.ts';
import type { BuilderCondition, BuilderLimit, BuilderRule, Part } from './model.ts';
import { child, fieldOf, isNothing, itemsOf } from './node-fields.ts';
import { NO_LIMIT, readCondition, type ToolParts } from './read-policylayer.ts';

/**
 * Reads one tool's entry of an Intercept policy. A rule with `rate_limit`, or with a `state` block, is shown as a limit.
 * Pointers count as Intercept does, without empty elements; paths count every element.
 */
export function readInterceptTool(node: JsonNode | undefined, part: Part, name: string): ToolParts {
  const list = child(node, 'rules');
  const rules: BuilderRule[] = [];
  const limits: BuilderLimit[] = [];
  let written = 0;
  itemsOf(list).forEach((item, index, { length }) => {
    if (isNothing(item)) return;
    const pointer = `${part.pointer}.rules[${String(written++)}]`;
    const own = { path: [...part.path, 'rules', index], pointer, range: item.range };
    const limit = readLimit(item, own, name, length);
    if (limit === null) rules.push(readRule(item, own, length));
    else limits.push(limit);
  });
  return {
    ...part,
    rules,
    limits,
    approval: null,
    alwaysDenied: rules.some(({ kind }) => kind === 'deny'),
    readable: isNothing(node) || (node?.kind === 'object' && (isNothing(list) || list?.kind === 'list')),
  };
}

function readRule(node: JsonNode, part: Part, siblings: number): BuilderRule {
  return {
    ...part,
    form: 'rule',
    kind: fieldOf(node, 'action') === 'deny' ? 'deny' : 'evaluate',
    name: fieldOf(node, 'name'),
    conditions: readConditions(node, part),
    onDeny: fieldOf(node, 'on_deny'),
    siblings,
  };
}

function readConditions(node: JsonNode, part: Part): readonly BuilderCondition[] {
  let written = 0;
  return itemsOf(child(node, 'conditions')).flatMap((item, index) => {
    if (isNothing(item)) return [];
    const pointer = `${part.pointer}.conditions[${String(written++)}]`;
    return [readCondition(item, { path: [...part.path, 'conditions', index], pointer, range: item.range })];
  });
}

function readLimit(node: JsonNode, part: Part, tool: string, siblings: number): BuilderLimit | null {
  const rate = fieldOf(node, 'rate_limit');
  const state = child(node, 'state');
  const base = { ...NO_LIMIT, ...part, name: fieldOf(node, 'name'), onDeny: fieldOf(node, 'on_deny'), siblings };
  if (rate !== undefined && rate !== null && rate !== '') {
    const maxPath = [...part.path, 'rate_limit'];
    return { ...base, form: 'short', ...splitRate(rate), maxPath, conditions: readConditions(node, part) };
  }
  if (isNothing(state)) return null;
  const counter = fieldOf(state, 'counter');
  const conditions = readConditions(node, part);
  const path = `state.${stateScope(tool)}.${typeof counter === 'string' ? counter : JSON.stringify(counter ?? '')}`;
  const bound = conditions.find(({ argument, op }) => argument === path && (op === 'lt' || op === 'lte'));
  const offset = bound?.op === 'lt' ? -1 : 0;
  return {
    ...base,
    form: 'state',
    counter,
    window: fieldOf(state, 'window'),
    max: typeof bound?.value === 'number' ? bound.value + offset : bound?.value,
    increment: fieldOf(state, 'increment'),
    incrementFrom: fieldOf(state, 'increment_from'),
    maxPath: bound === undefined ? null : [...bound.path, 'value'],
    maxOffset: offset,
    counterPath: bound === undefined ? null : [...bound.path, 'path'],
    conditions: conditions.filter((condition) => condition !== bound),
  };
}

/** `5/hour` as its parts; a text that is no rate stands as `max`. */
function splitRate(rate: JsonValue): { readonly max: JsonValue; readonly window: JsonValue | undefined } {
  const text = typeof rate === 'string' ? rate : '';
  const parsed = parseRateLimit(text);
  if (parsed.ok) return { max: parsed.limit.count, window: parsed.limit.window };
  const slash = text.indexOf('/');
  return slash < 0 ? { max: rate, window: undefined } : { max: text.slice(0, slash), window: text.slice(slash + 1) };
}
