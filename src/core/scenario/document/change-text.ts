import type { TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import { Draft } from '../../policy/builder/draft.ts';
import { jsonEdits } from '../../policy/builder/json-operation.ts';
import { isList, isObject, type Operation, type Path } from '../../policy/builder/operation.ts';
import { readScenarioText, type ScenarioText } from './read-document.ts';

/** More changes than this are another document, not an edit of this one. */
const MOST_CHANGES = 24;

/** True when both are the same JSON value, whatever the order of names. */
export function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => isSameJson(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name]))
  );
}

function changesOf(before: JsonValue, after: JsonValue, path: Path): Operation[] {
  if (isSameJson(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
    const changed = Object.entries(after).flatMap(([name, value]): Operation[] => {
      const at = [...path, name];
      const old = Object.hasOwn(before, name) ? before[name] : undefined;
      return old === undefined ? [{ kind: 'set', path: at, value }] : changesOf(old, value, at);
    });
    return [...gone.map((name): Operation => ({ kind: 'remove', path: [...path, name] })), ...changed];
  }
  if (isList(before) && isList(after) && typeof path.at(-1) === 'string') return listChanges(before, after, path);
  return setAt(path, after);
}

/** Replaces a value; an element of a list goes out and its successor in. */
function setAt(path: Path, value: JsonValue): Operation[] {
  const last = path.at(-1);
  if (typeof last !== 'number') return [{ kind: 'set', path, value }];
  return [
    { kind: 'remove', path },
    { kind: 'insert', path: path.slice(0, -1), index: last, value },
  ];
}

/** What stands alike at both ends of two lists stays; the rest is changed in place, taken out or put in. */
function listChanges(before: readonly JsonValue[], after: readonly JsonValue[], path: Path): Operation[] {
  let start = 0;
  while (start < before.length && start < after.length && isSameJson(before[start], after[start])) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && isSameJson(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const [old, next] = [before.slice(start, before.length - tail), after.slice(start, after.length - tail)];
  if (old.length === 2 && next.length === 2 && isSameJson(old[0], next[1]) && isSameJson(old[1], next[0])) {
    return [{ kind: 'swap', path, index: start }];
  }
  const shared = Math.min(old.length, next.length);
  const inPlace = old.slice(0, shared).flatMap((item, i) => changesOf(item, next[i] ?? null, [...path, start + i]));
  const out = old.slice(shared).map((): Operation => ({ kind: 'remove', path: [...path, start + shared] }));
  const put = next.slice(shared).map((value, i): Operation => {
    return { kind: 'insert', path, index: start + shared + i, value };
  });
  return [...inPlace, ...out, ...put];
}

/**
 * The edits that make a text say `value`: only what differs is written, laid out as the text around it, and comments stay.
 * In order, not overlapping. Null when the text cannot be read, or when so much differs that it is better written anew.
 */
export function changeText(text: string, value: JsonValue): readonly TextEdit[] | null {
  const first = readScenarioText(text);
  if (first.kind === 'broken') return null;
  const operations = changesOf(first.value, value, []);
  if (operations.length > MOST_CHANGES) return null;
  const draft = new Draft(text);
  let now: ScenarioText = first;
  for (const operation of operations) {
    const edits = now.kind === 'broken' ? null : jsonEdits(draft.text, now.root, operation);
    if (edits === null) return null;
    draft.apply(edits);
    now = readScenarioText(draft.text);
  }
  return now.kind === 'document' && isSameJson(now.value, value) ? draft.edits() : null;
}
