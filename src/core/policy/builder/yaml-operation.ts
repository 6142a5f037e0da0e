import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Operation } from './operation.ts';
import {
  colonEnd,
  dashOf,
  extentOf,
  findYaml,
  indentAt,
  isEmpty,
  isFlow,
  itemEnd,
  lineBehind,
  lineEnd,
  lineStart,
  openYaml,
  pairEnd,
  pairStart,
  type Step,
  type YamlPlace,
} from './yaml-source.ts';
import {
  isInline,
  layoutOf,
  printBlock,
  printFlow,
  printFlowMember,
  printInline,
  printItem,
  printMember,
} from './yaml-print.ts';
import { removeYaml } from './yaml-removal.ts';

/**
 * The edits of a YAML text that come to an operation: splices computed from the places of its parts, so that all else
 * stays as written. Null when the path does not fit, or leads through an alias.
 */
export function yamlEdits(text: string, operation: Operation): readonly TextEdit[] | null {
  const source = openYaml(text);
  const place = findYaml(source, operation.path);
  if (place === null) return null;
  switch (operation.kind) {
    case 'set':
      return setValue(text, place, operation.value);
    case 'insert':
      return insertItem(text, place, operation.index, operation.value);
    case 'prune':
      if (place.missing.length > 0 || !isBlankList(text, place.node)) return [];
      return remove(text, place);
    case 'remove':
      return place.missing.length > 0 ? [] : remove(text, place);
    case 'swap':
      return isSeq(place.node) && place.missing.length === 0 ? swap(text, place.node, operation.index) : null;
  }
}

function remove(text: string, { steps }: YamlPlace): readonly TextEdit[] | null {
  return removeYaml(text, steps, (step) => replace(text, step, emptyOf(step)));
}

function isBlankList(text: string, node: Node | null): boolean {
  if (!isSeq(node) || node.items.length > 0) return false;
  const { start, end } = extentOf(text, node);
  return text.slice(start + 1, end - 1).trim() === '';
}

/** What is left of the collection whose only child is taken out; `step` leads to the collection. */
function emptyOf(step: Step): JsonValue {
  const node = step.kind === 'member' ? step.pair.value : step.seq.items[step.index];
  return isSeq(node) ? [] : {};
}

function setValue(text: string, { steps, node, missing }: YamlPlace, value: JsonValue): readonly TextEdit[] | null {
  const [name, ...rest] = missing;
  const step = steps.at(-1);
  if (name === undefined) return step === undefined ? null : replace(text, step, value);
  if (typeof name !== 'string') return null;
  const wrapped = rest.reduceRight<JsonValue>((inner, segment) => Object.fromEntries([[segment, inner]]), value);
  const isBlank = isEmpty(node) || (isMap(node) && node.items.length === 0);
  if (isBlank) return step === undefined ? null : replace(text, step, Object.fromEntries([[name, wrapped]]));
  return isMap(node) ? addMember(text, node, name, wrapped) : null;
}

function addMember(text: string, map: YAMLMap, name: string, value: JsonValue): readonly TextEdit[] {
  const last = map.items.at(-1) as Pair;
  const end = pairEnd(text, last);
  if (isFlow(map)) return [insertion(end, `, ${printFlowMember(name, value)}`)];
  const layout = layoutOf(text);
  const indent = indentAt(text, pairStart(map.items[0] as Pair));
  return [insertion(lineBehind(text, end, indent), layout.newline + indent + printMember(name, value, indent, layout))];
}

function insertItem(text: string, place: YamlPlace, index: number, value: JsonValue): readonly TextEdit[] | null {
  const { node, missing } = place;
  if (missing.length > 0) return setValue(text, place, [value]);
  const step = place.steps.at(-1);
  if (isEmpty(node) || (isSeq(node) && node.items.length === 0)) {
    return step === undefined ? null : replace(text, step, [value]);
  }
  if (!isSeq(node)) return null;
  if (isFlow(node)) return insertFlowItem(text, node, index, value);
  const layout = layoutOf(text);
  const first = dashOf(node, 0);
  const indent = indentAt(text, first);
  const item = printItem(value, indent, layout);
  if (index === 0) return [insertion(first, item + layout.newline + indent)];
  const end = itemEnd(text, node, Math.min(index, node.items.length) - 1);
  return [insertion(lineBehind(text, end, indent), layout.newline + indent + item)];
}

function insertFlowItem(text: string, seq: YAMLSeq, index: number, value: JsonValue): readonly TextEdit[] {
  const next = seq.items[index] as Node | undefined;
  if (next !== undefined) return [insertion(extentOf(text, next).start, `${printFlow(value)}, `)];
  return [insertion(extentOf(text, seq.items.at(-1) as Node).end, `, ${printFlow(value)}`)];
}

/** Puts a value in the place of another. */
function replace(text: string, step: Step, value: JsonValue): readonly TextEdit[] | null {
  if (step.kind === 'item') return replaceItem(text, step.seq, step.index, value);
  const { map, pair } = step;
  const old = pair.value as Node | null;
  const colon = colonEnd(pair);
  if (isFlow(map)) {
    return isEmpty(old)
      ? [insertion(colon, ` ${printFlow(value)}`)]
      : [{ range: extentOf(text, old as Node), text: printFlow(value) }];
  }
  const { start, end } = isEmpty(old) ? { start: colon, end: colon } : extentOf(text, old as Node);
  const isBelow = lineStart(text, start) > colon;
  if (isInline(value)) {
    const inline = printInline(value);
    if (!isBelow) return [{ range: { start, end }, text: (start === colon ? ' ' : '') + inline }];
    const lines = blankLines(text, start, end);
    // why: edits that touch could be made in either order.
    if (lines.start <= colon) return [{ range: { start: colon, end: lines.end }, text: ` ${inline}` }];
    return [insertion(colon, ` ${inline}`), { range: lines, text: '' }];
  }
  const layout = layoutOf(text);
  if (isBelow) return [{ range: { start, end }, text: printBlock(value, indentAt(text, start), layout) }];
  const indent = indentAt(text, pairStart(pair)) + layout.unit;
  const lines = layout.newline + indent + printBlock(value, indent, layout);
  const behind = lineEnd(text, end);
  if (end === behind) return [{ range: { start: colon, end }, text: lines }];
  return [...(end > colon ? [{ range: { start: colon, end }, text: '' }] : []), insertion(behind, lines)];
}

function replaceItem(text: string, seq: YAMLSeq, index: number, value: JsonValue): readonly TextEdit[] | null {
  const old = (seq.items[index] ?? null) as Node | null;
  if (old === null || isEmpty(old)) {
    if (isFlow(seq)) return null;
    const dash = dashOf(seq, index);
    return [insertion(dash + 1, ` ${printBlock(value, `${indentAt(text, dash)}  `, layoutOf(text))}`)];
  }
  const range = extentOf(text, old);
  if (isFlow(seq)) return [{ range, text: printFlow(value) }];
  return [{ range, text: printBlock(value, indentAt(text, range.start), layoutOf(text)) }];
}

/** The lines from `start` to `end`, from the end of the line before. */
function blankLines(text: string, start: number, end: number): { start: number; end: number } {
  const from = lineStart(text, start);
  const newline = text.slice(from - 2, from) === '\r\n' ? 2 : 1;
  const rest = text.slice(end, lineEnd(text, end));
  return rest.trim() === '' ? { start: from - newline, end: end + rest.length } : { start, end };
}

function swap(text: string, seq: YAMLSeq, index: number): readonly TextEdit[] | null {
  const [a, b] = [seq.items[index], seq.items[index + 1]] as readonly (Node | null | undefined)[];
  if (!a || !b || isEmpty(a) || isEmpty(b)) return null;
  const [first, second] = [extentOf(text, a), extentOf(text, b)];
  return [
    { range: first, text: text.slice(second.start, second.end) },
    { range: second, text: text.slice(first.start, first.end) },
  ];
}

function insertion(at: number, text: string): TextEdit {
  return { range: { start: at, end: at }, text };
}
