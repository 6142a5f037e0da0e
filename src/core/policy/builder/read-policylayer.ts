import type { JsonValue } from '../../json.ts';
import { childPointer } from '../pointer.ts';
import type { JsonNode } from '../policylayer/json-node.ts';
import { WINDOW_SECONDS } from '../policylayer/vocabulary.ts';
import type { BuilderCondition, BuilderLimit, BuilderRule, BuilderTool, Part } from './model.ts';
import { child, fieldOf, isNothing, itemsOf, memberRange } from './node-fields.ts';
import type { Path } from './operation.ts';

/** What is written for one tool, or in `all_tools`; hiding and the default are not looked at. */
export type ToolParts = Pick<
  BuilderTool,
  'path' | 'pointer' | 'range' | 'rules' | 'limits' | 'approval' | 'alwaysDenied' | 'readable'
>;

/** Reads one tool's entry of a PolicyLayer policy; `node` is undefined for a tool without one. */
export function readPolicylayerTool(node: JsonNode | undefined, part: Part): ToolParts {
  const action = fieldOf(node, 'action');
  const rules = [
    ...readRules(node, 'require', part),
    ...(action === 'deny' ? [actionRule(node, part)] : []),
    ...readRules(node, 'deny_if', part),
  ];
  return {
    ...part,
    rules,
    limits: [...readLimits(node, part), ...readRateLimit(node, part)],
    approval: action === 'require_approval' ? { reason: fieldOf(node, 'reason') } : null,
    alwaysDenied: rules.some(({ kind, conditions }) => kind === 'deny_if' && conditions.length === 0),
    readable: node === undefined || node.kind === 'object',
  };
}

/** The part one step further in. */
function inside({ path, pointer }: Part, segment: string | number, range: Part['range']): Part {
  return { path: [...path, segment], pointer: childPointer(pointer, segment), range };
}

function actionRule(node: JsonNode | undefined, part: Part): BuilderRule {
  const rule = { form: 'action', kind: 'deny_if', name: undefined, conditions: [], siblings: 1 } as const;
  return { ...inside(part, 'action', memberRange(node, 'action')), ...rule, onDeny: fieldOf(node, 'reason') };
}

function readRules(tool: JsonNode | undefined, kind: 'require' | 'deny_if', part: Part): readonly BuilderRule[] {
  const items = itemsOf(child(tool, kind));
  return items.map((item, index) => {
    const own = inside(inside(part, kind, null), index, item.range);
    return {
      ...own,
      form: 'rule',
      kind,
      name: undefined,
      conditions: itemsOf(child(item, 'conditions')).map((each, at) =>
        readCondition(each, inside(inside(own, 'conditions', null), at, each.range)),
      ),
      onDeny: fieldOf(item, 'on_deny'),
      siblings: items.length,
    };
  });
}

/** Reads a condition of either dialect. */
export function readCondition(node: JsonNode, part: Part): BuilderCondition {
  return { ...part, argument: fieldOf(node, 'path'), op: fieldOf(node, 'op'), value: fieldOf(node, 'value') };
}

function readLimits(tool: JsonNode | undefined, part: Part): readonly BuilderLimit[] {
  const items = itemsOf(child(tool, 'limits'));
  return items.map((item, index) => {
    const own = inside(inside(part, 'limits', null), index, item.range);
    const field = (name: string): JsonValue | undefined => fieldOf(item, name);
    return {
      ...NO_LIMIT,
      ...own,
      form: 'limit',
      counter: field('counter'),
      window: field('window'),
      max: field('max'),
      scope: field('scope'),
      increment: field('increment'),
      incrementFrom: field('increment_from'),
      onDeny: field('on_deny'),
      maxPath: [...own.path, 'max'],
      siblings: items.length,
    };
  });
}

function readRateLimit(tool: JsonNode | undefined, part: Part): readonly BuilderLimit[] {
  const node = child(tool, 'rate_limit');
  if (isNothing(node)) return [];
  const own = inside(part, 'rate_limit', memberRange(tool, 'rate_limit'));
  const seconds = fieldOf(node, 'window');
  const word = Object.entries(WINDOW_SECONDS).find(([, length]) => length === seconds)?.[0];
  const maxPath: Path = [...own.path, 'max'];
  const window = word ?? seconds;
  return [{ ...NO_LIMIT, ...own, form: 'rate_limit', window, max: fieldOf(node, 'max'), maxPath }];
}

/** What a limit has none of. */
export const NO_LIMIT = {
  name: undefined,
  counter: undefined,
  window: undefined,
  max: undefined,
  scope: undefined,
  increment: undefined,
  incrementFrom: undefined,
  onDeny: undefined,
  maxPath: null,
  maxOffset: 0,
  conditions: [],
  counterPath: null,
  siblings: 1,
} as const satisfies Partial<BuilderLimit>;
