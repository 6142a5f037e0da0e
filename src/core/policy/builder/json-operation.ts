import type { Range, TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import { Editor } from '../policylayer/edits.ts';
import { memberOf, type JsonNode, type ListNode, type ObjectNode } from '../policylayer/json-node.ts';
import { isObject, type Operation, type Path } from './operation.ts';

/**
 * The edits of a JSON text that come to an operation, laid out as the text around them is; null when the path does not
 * fit. Comments outside of what is replaced or removed stay.
 */
export function jsonEdits(text: string, root: JsonNode, operation: Operation): readonly TextEdit[] | null {
  const found = walk(root, operation.path);
  if (found === null) return null;
  const { node, parent, missing } = found;
  switch (operation.kind) {
    case 'set':
      if (missing.length > 0) return addMember(text, node, missing, operation.value);
      return parent?.kind === 'object' ? replace(text, parent, operation) : null;
    case 'insert':
      if (missing.length > 0) return addMember(text, node, missing, [operation.value]);
      return node.kind === 'list' ? insertItem(text, node, operation.index, operation.value) : null;
    case 'remove':
      if (missing.length > 0) return [];
      return parent === null || parent.kind === 'scalar' ? null : remove(text, parent, node);
    case 'prune':
      if (missing.length > 0 || !isBlankList(text, node)) return [];
      return parent?.kind === 'object' ? remove(text, parent, node) : null;
    case 'swap':
      return node.kind === 'list' && missing.length === 0 ? swap(text, node, operation.index) : null;
  }
}

function isBlankList(text: string, node: JsonNode): boolean {
  return node.kind === 'list' && text.slice(node.range.start + 1, node.range.end - 1).trim() === '';
}

interface Found {
  /** The last value on the way. */
  readonly node: JsonNode;
  readonly parent: JsonNode | null;
  /** What of the path is not there. */
  readonly missing: Path;
}

function walk(root: JsonNode, path: Path): Found | null {
  let node = root;
  let parent: JsonNode | null = null;
  for (const [index, segment] of path.entries()) {
    const child =
      typeof segment === 'number'
        ? node.kind === 'list'
          ? node.items[segment]
          : undefined
        : node.kind === 'object'
          ? memberOf(node, segment)?.value
          : undefined;
    if (child === undefined) {
      return typeof segment === 'string' && node.kind === 'object'
        ? { node, parent, missing: path.slice(index) }
        : null;
    }
    [parent, node] = [node, child];
  }
  return { node, parent, missing: [] };
}

function addMember(text: string, node: JsonNode, missing: Path, value: JsonValue): readonly TextEdit[] | null {
  const [name, ...rest] = missing;
  if (node.kind !== 'object' || typeof name !== 'string') return null;
  const wrapped = rest.reduceRight<JsonValue>((inner, segment) => Object.fromEntries([[segment, inner]]), value);
  const edit = new Editor(text).insertMember(node, node.members.length, name, wrapped);
  return behindComment(text, node.members.at(-1)?.range, edit);
}

function insertItem(text: string, list: ListNode, index: number, value: JsonValue): readonly TextEdit[] {
  const edit = new Editor(text).insertItem(list, index, value);
  return index < list.items.length ? [edit] : behindComment(text, list.items.at(-1)?.range, edit);
}

/** Keeps a comment at the end of the last child's line with that child, and uses a comma that is there already. */
function behindComment(text: string, last: Range | undefined, edit: TextEdit): readonly TextEdit[] {
  if (last === undefined || edit.range.start !== last.end) return [edit];
  const added = edit.text.slice(1);
  const next = skipTrivia(text, last.end);
  const hasComma = text[next] === ',';
  const comma: readonly TextEdit[] = hasComma ? [] : [{ range: { start: last.end, end: last.end }, text: ',' }];
  const from = hasComma ? next + 1 : last.end;
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:[^*\r\n]|\*(?!\/))*\*\/[ \t]*(?=[\r\n]))/.exec(text.slice(from));
  const at = from + (/^\s*[\r\n]/.test(added) ? (rest?.[0].length ?? 0) : 0);
  if (at === last.end) return [edit];
  return [...comma, { range: { start: at, end: at }, text: added }];
}

function replace(
  text: string,
  parent: ObjectNode,
  { path, value }: Extract<Operation, { kind: 'set' }>,
): readonly TextEdit[] | null {
  const name = path.at(-1);
  const member = typeof name === 'string' ? memberOf(parent, name) : undefined;
  if (member === undefined) return null;
  const isPlain = !Array.isArray(value) && !isObject(value);
  const printed = isPlain
    ? JSON.stringify(value)
    : new Editor(text)
        .replaceMember(parent, member, member.name, value)
        .text.slice(JSON.stringify(member.name).length + 1)
        .trimStart();
  return [{ range: member.value.range, text: printed }];
}

function remove(text: string, parent: ObjectNode | ListNode, node: JsonNode): readonly TextEdit[] | null {
  const children = parent.kind === 'object' ? parent.members : parent.items;
  const index =
    parent.kind === 'object'
      ? parent.members.findIndex(({ value }) => value === node)
      : parent.items.findIndex((item) => item === node);
  const child = children[index];
  if (child === undefined) return null;
  const comma = skipTrivia(text, child.range.end);
  const hasComma = text[comma] === ',';
  if (children.length === 1) return [emptied(text, parent.range, child.range, hasComma ? comma : null)];
  const own = wholeLines(text, child.range.start, child.range.end, hasComma ? comma : null);
  const before = children[index - 1];
  if (index < children.length - 1 || hasComma || before === undefined) return own;
  const last = skipTrivia(text, before.range.end);
  return [{ range: { start: last, end: last + 1 }, text: '' }, ...own];
}

/** The inside of brackets whose only child goes: blank, unless a comment stands there. */
function emptied(text: string, outer: Range, child: Range, comma: number | null): TextEdit {
  const inner = { start: outer.start + 1, end: outer.end - 1 };
  const before = text.slice(inner.start, child.start);
  const after =
    text.slice(child.end, comma ?? child.end) + text.slice(comma === null ? child.end : comma + 1, inner.end);
  return before.trim() === '' && after.trim() === ''
    ? { range: inner, text: '' }
    : { range: { start: child.start, end: inner.end }, text: after };
}

/** Takes a child and its comma out, and the lines they leave blank. */
function wholeLines(text: string, start: number, end: number, comma: number | null): readonly TextEdit[] {
  const isBeside = comma !== null && text.slice(end, comma).trim() === '';
  const until = isBeside ? comma + 1 : end;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n|\r)?/.exec(text.slice(until))?.[0] ?? '';
  const isWhole = text.slice(lineStart, start).trim() === '' && /[\r\n]$/.test(rest);
  const range = isWhole
    ? { start: lineStart, end: until + rest.length }
    : { start, end: until + rest.replace(/[\r\n]+$/, '').length };
  const own = { range, text: '' };
  return comma === null || isBeside ? [own] : [own, { range: { start: comma, end: comma + 1 }, text: '' }];
}

function swap(text: string, list: ListNode, index: number): readonly TextEdit[] | null {
  const [a, b] = [list.items[index], list.items[index + 1]];
  if (a === undefined || b === undefined) return null;
  return [
    { range: a.range, text: text.slice(b.range.start, b.range.end) },
    { range: b.range, text: text.slice(a.range.start, a.range.end) },
  ];
}

/** The first offset at or after `at` that is neither blank nor in a comment. */
function skipTrivia(text: string, at: number): number {
  const trivia = /(?:[\s\uFEFF]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
  trivia.lastIndex = at;
  trivia.exec(text);
  return trivia.lastIndex;
}
