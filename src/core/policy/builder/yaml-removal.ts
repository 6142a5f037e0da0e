import { isMap, isSeq, type Node, type Pair } from 'yaml';
import type { Range, TextEdit } from '../../diagnostic.ts';
import { dashOf, extentOf, isFlow, itemEnd, lineEnd, lineStart, pairEnd, pairStart, type Step } from './yaml-source.ts';

/**
 * Takes out the part that the last step leads to. Comments outside of it stay. `emptied` makes the edits for a
 * collection whose only child goes, given the step that leads to the collection.
 */
export function removeYaml(
  text: string,
  steps: readonly Step[],
  emptied: (step: Step) => readonly TextEdit[] | null,
): readonly TextEdit[] | null {
  const step = steps.at(-1);
  if (step === undefined) return null;
  const collection = step.kind === 'member' ? step.map : step.seq;
  if (collection.items.length === 1) return removeOnly(text, collection, steps.at(-2), emptied);
  if (isFlow(collection)) return [{ range: flowRange(text, collection.items, step.index), text: '' }];
  const { start, end } = partRange(text, step);
  const next = nextStart(step);
  const isFirstBehindDash = text.slice(lineStart(text, start), start).trim() !== '';
  if (isFirstBehindDash && next !== null) {
    const isBare = text.slice(end, next).trim() === '';
    return [{ range: { start, end: isBare ? next : end }, text: '' }];
  }
  return [{ range: wholeLines(text, start, end), text: '' }];
}

function removeOnly(
  text: string,
  collection: Node,
  outer: Step | undefined,
  emptied: (step: Step) => readonly TextEdit[] | null,
): readonly TextEdit[] | null {
  if (!isFlow(collection)) return outer === undefined ? null : emptied(outer);
  const { start, end } = extentOf(text, collection);
  return [{ range: { start: start + 1, end: end - 1 }, text: '' }];
}

function partRange(text: string, step: Step): Range {
  if (step.kind === 'member') return { start: pairStart(step.pair), end: pairEnd(text, step.pair) };
  return { start: dashOf(step.seq, step.index), end: itemEnd(text, step.seq, step.index) };
}

function nextStart(step: Step): number | null {
  if (step.kind === 'item') return step.index + 1 < step.seq.items.length ? dashOf(step.seq, step.index + 1) : null;
  const next = step.map.items[step.index + 1];
  return next === undefined ? null : pairStart(next);
}

/** The part with the lines it leaves blank; only the part where a comment stands behind it. */
function wholeLines(text: string, start: number, end: number): Range {
  const line = lineStart(text, start);
  const stop = lineEnd(text, end);
  if (text.slice(line, start).trim() !== '' || text.slice(end, stop).trim() !== '') return { start, end };
  if (stop < text.length) return { start: line, end: stop + (text[stop] === '\r' ? 2 : 1) };
  const before = text.slice(line - 2, line) === '\r\n' ? 2 : Math.min(1, line);
  return { start: line - before, end: stop };
}

/** A child in brackets or braces with the comma behind it, or before it when it is the last. */
function flowRange(text: string, items: readonly unknown[], index: number): Range {
  const rangeOf = (item: unknown): Range => {
    if (isMap(item) || isSeq(item)) return extentOf(text, item);
    const pair = item as Partial<Pair>;
    if (pair.key !== undefined) return { start: pairStart(item as Pair), end: pairEnd(text, item as Pair) };
    return extentOf(text, item as Node);
  };
  const own = rangeOf(items[index]);
  const next = items[index + 1];
  if (next !== undefined) return { start: own.start, end: rangeOf(next).start };
  return { start: rangeOf(items[index - 1]).end, end: own.end };
}
