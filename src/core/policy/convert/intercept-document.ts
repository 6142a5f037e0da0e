import { Document, isMap, isNode, isPair, isSeq, type Node, Scalar } from 'yaml';
import { escapeControls } from '../intercept/yaml-loaded.ts';
import type { Operand, Operator } from '../model.ts';
import type { Window } from '../policylayer/vocabulary.ts';
import type { SourceComment } from './comments.ts';

/** A condition as written; `value` tells whole numbers (bigint) from decimals. */
export interface YamlCondition {
  readonly path: string;
  readonly op: Operator;
  readonly value: Operand;
}
export interface YamlState {
  readonly counter: string;
  readonly window: Window;
  readonly increment: bigint;
  /** Empty when the increment is fixed. */
  readonly incrementFrom: string;
}
/** A rule as written; without conditions it is `action: deny`. */
export interface YamlRule {
  readonly name: string;
  readonly conditions: readonly YamlCondition[];
  readonly onDeny: string | null;
  readonly state: YamlState | null;
  /** Pointer of what it was made from. */
  readonly from: string;
}
/** An `intercept` document to be written, without shorthand. */
export interface YamlDocument {
  readonly description: string;
  readonly defaultAction: 'allow' | 'deny';
  readonly hide: readonly string[];
  readonly tools: ReadonlyMap<string, readonly YamlRule[]>;
}

/** Text is quoted wherever YAML 1.2, or the older YAML that Intercept itself reads, would take it for something else. */
const SCHEMA = { version: '1.2', schema: 'core', compat: 'yaml-1.1', aliasDuplicateObjects: false } as const;

/**
 * The text of a document: YAML without anchors, folded lines and block text, ending in a line break. A comment stands
 * before the rule it is about, else before the tool, else at the top.
 */
export function writeIntercept(document: YamlDocument, comments: readonly SourceComment[]): string {
  const { description, defaultAction, hide, tools } = document;
  const root = new Map<string, unknown>([['version', '1']]);
  if (description !== '') root.set('description', description);
  root.set('default', defaultAction);
  if (hide.length > 0) root.set('hide', hide);
  if (tools.size > 0) root.set('tools', new Map([...tools].map(([name, rules]) => [name, toolNode(rules)])));
  const yaml = new Document(root, SCHEMA);
  if (comments.length > 0) placeComments(yaml, document, comments);
  return escapeControls(yaml.toString({ lineWidth: 0, blockQuote: false }));
}

function placeComments(yaml: Document, { tools }: YamlDocument, comments: readonly SourceComment[]): void {
  const places = new Map<string, Node>();
  const toolNodes = yaml.get('tools');
  const names = new Map<string, Node>();
  for (const [index, [name, rules]] of [...tools].entries()) {
    const pair = isMap(toolNodes) ? toolNodes.items[index] : undefined;
    if (!isPair(pair)) continue;
    if (isNode(pair.key)) names.set(name, pair.key);
    const list = isMap(pair.value) ? pair.value.get('rules') : undefined;
    for (const [at, { from }] of rules.entries()) {
      const rule = isSeq(list) ? list.items[at] : undefined;
      if (isNode(rule)) places.set(from, rule);
    }
  }
  for (const { text, pointer, tool } of comments) {
    const place = places.get(pointer) ?? names.get(tool) ?? yaml;
    const before = place.commentBefore ? `${place.commentBefore}\n` : '';
    place.commentBefore = before + text.replace(/^/gm, ' ');
  }
}

function toolNode(rules: readonly YamlRule[]): ReadonlyMap<string, unknown> {
  return new Map([['rules', rules.map(ruleNode)]]);
}

function ruleNode({ name, conditions, onDeny, state }: YamlRule): ReadonlyMap<string, unknown> {
  const node = new Map<string, unknown>([['name', name]]);
  if (conditions.length === 0) node.set('action', 'deny');
  else node.set('conditions', conditions.map(conditionNode));
  if (onDeny !== null) node.set('on_deny', onDeny);
  if (state !== null) node.set('state', stateNode(state));
  return node;
}

function conditionNode({ path, op, value }: YamlCondition): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['path', path],
    ['op', op],
    ['value', valueNode(value)],
  ]);
}

function stateNode({ counter, window, increment, incrementFrom }: YamlState): ReadonlyMap<string, unknown> {
  const node = new Map<string, unknown>([
    ['counter', counter],
    ['window', window],
  ]);
  if (increment !== 1n) node.set('increment', increment);
  if (incrementFrom !== '') node.set('increment_from', incrementFrom);
  return node;
}

function valueNode(value: Operand): unknown {
  if (typeof value === 'number') return decimal(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(valueNode);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return new Map(entries.map(([key, member]: [string, Operand]) => [key, valueNode(member)]));
}

/** A number that reads back as a decimal: `5.0`. */
function decimal(value: number): Scalar {
  const node = new Scalar(value);
  node.minFractionDigits = 1;
  return node;
}

function isList(value: Extract<Operand, object>): value is readonly Operand[] {
  return Array.isArray(value);
}
