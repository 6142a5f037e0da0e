import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Range } from '../../diagnostic.ts';
import type { Path } from './operation.ts';

/** A YAML text with the places of its parts. */
export interface YamlSource {
  readonly text: string;
  readonly root: Node | null;
}

/** Where a path leads: the collections on the way and, where it is there, the value. */
export interface YamlPlace {
  readonly steps: readonly Step[];
  /** The value at the end of the steps; null for an empty one. */
  readonly node: Node | null;
  /** What of the path is not there. */
  readonly missing: Path;
}

/** One step into a collection. */
export type Step =
  | { readonly kind: 'member'; readonly map: YAMLMap; readonly pair: Pair; readonly index: number }
  | { readonly kind: 'item'; readonly seq: YAMLSeq; readonly index: number };

/** Parses a text that is known to be one whole document. */
export function openYaml(text: string): YamlSource {
  const document: Document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    keepSourceTokens: true,
    intAsBigInt: true,
    logLevel: 'silent',
  });
  return { text, root: document.contents };
}

/** Follows a path; null when it leads through an alias or into a single value. */
export function findYaml({ root }: YamlSource, path: Path): YamlPlace | null {
  let node = root;
  const steps: Step[] = [];
  for (const [at, segment] of path.entries()) {
    const missing = path.slice(at);
    if (isMap(node) && typeof segment === 'string') {
      const { items } = node;
      const index = items.findIndex(({ key }) => nameOf(key) === segment);
      const pair = items[index];
      if (pair === undefined) return { steps, node, missing };
      steps.push({ kind: 'member', map: node, pair, index });
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof segment === 'number' && segment < node.items.length) {
      steps.push({ kind: 'item', seq: node, index: segment });
      node = node.items[segment] as Node | null;
    } else if (isEmpty(node) && typeof segment === 'string') {
      return { steps, node: null, missing };
    } else return null;
  }
  return { steps, node, missing: [] };
}

/** True for a value that is left out: `key:` with nothing behind it. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null && (node.source ?? '') === '');
}

/** The text of a name; empty for null. */
function nameOf(key: unknown): string {
  if (!isScalar(key) || key.value === null) return '';
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

/** Where a value begins and its last character ends, without the comments and blank lines behind it. */
export function extentOf(text: string, node: Node): Range {
  const [start, end] = node.range ?? [0, 0, 0];
  if (isAlias(node) || isFlow(node)) return { start, end };
  if (isMap(node)) {
    const last = node.items.at(-1);
    return { start, end: last === undefined ? end : pairEnd(text, last) };
  }
  if (isSeq(node)) {
    const last = node.items.at(-1) as Node | null | undefined;
    return { start, end: isEmpty(last ?? null) ? dashOf(node, node.items.length - 1) + 1 : endOf(text, last) };
  }
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

function endOf(text: string, node: Node | null | undefined): number {
  return node === null || node === undefined ? 0 : extentOf(text, node).end;
}

/** True for a collection in brackets or braces. */
export function isFlow(node: Node | null): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

/** Where a member's text ends. */
export function pairEnd(text: string, pair: Pair): number {
  const value = pair.value as Node | null;
  return isEmpty(value) ? colonEnd(pair) : endOf(text, value);
}

/** Where a member begins: at its key. */
export function pairStart(pair: Pair): number {
  return (pair.key as Node | null)?.range?.[0] ?? 0;
}

/** The offset behind the colon of a member. */
export function colonEnd(pair: Pair): number {
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? ((pair.key as Node | null)?.range?.[1] ?? 0) : colon.offset + 1;
}

/** The offset of the dash of an element. */
export function dashOf(seq: YAMLSeq, index: number): number {
  const { srcToken } = seq;
  if (srcToken?.type !== 'block-seq') return 0;
  // why: comments behind the last element can come as one more element without a dash.
  const dashes = srcToken.items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind'));
  return dashes[index]?.offset ?? 0;
}

/** Where an element ends. */
export function itemEnd(text: string, seq: YAMLSeq, index: number): number {
  const node = (seq.items[index] ?? null) as Node | null;
  return isEmpty(node) ? dashOf(seq, index) + 1 : endOf(text, node);
}

/** Offset of the line that holds `at`. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Offset of the end of the line that holds `at`, before its line end. */
export function lineEnd(text: string, at: number): number {
  const end = /\r?\n/.exec(text.slice(at));
  return end === null ? text.length : at + end.index;
}

/** Where a line can be put in behind `end`: behind the comments that stand further in than `indent`. */
export function lineBehind(text: string, end: number, indent: string): number {
  let at = lineEnd(text, end);
  const comments = /(?:\r?\n[ \t]*)*\r?\n( +)#[^\r\n]*/y;
  for (;;) {
    comments.lastIndex = at;
    const found = comments.exec(text);
    if (found === null || (found[1] ?? '').length <= indent.length) return at;
    at = comments.lastIndex;
  }
}

/** Blanks as wide as what stands before `at` on its line. */
export function indentAt(text: string, at: number): string {
  return ' '.repeat(at - lineStart(text, at));
}
