import type { Fix, Range } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import type { PatternCompiler } from '../model.ts';
import { childPointer } from '../pointer.ts';
import { replacement, type Report } from '../report.ts';
import { BLANK } from '../blank.ts';
import { anyOf, quoted } from '../wording.ts';
import type { Editor } from './edits.ts';
import type { JsonNode, ListNode, ObjectNode } from './json-node.ts';
import { MISSING_FIELD_HINTS } from './vocabulary.ts';

/** What all parts of the reader need. */
export interface Reading {
  readonly text: string;
  readonly report: Report;
  readonly editor: () => Editor;
  readonly compilePattern: PatternCompiler;
  /** Suggestions still affordable: long lists of strange names must not cost a comparison each. */
  suggestions: number;
}

/** A value at its place in the document. `label` is what to mark when something about the whole is wrong. */
export interface Place {
  readonly node: JsonNode;
  readonly pointer: string;
  readonly label: Range;
  /** What messages call it: `` `max` ``, `this limit`. */
  readonly name: string;
}

/** The known members of an object, by name. */
export interface Fields {
  readonly place: Place;
  readonly object: ObjectNode;
  readonly members: ReadonlyMap<string, Place>;
}

/** The place of a whole document. */
export function rootPlace(node: JsonNode): Place {
  return { node, pointer: '', label: openingOf(node), name: 'the policy' };
}

function openingOf({ kind, range }: JsonNode): Range {
  return kind === 'scalar' ? range : { start: range.start, end: range.start + 1 };
}

/** Every member of an object as a place, repeats included. */
export function memberPlaces(object: ObjectNode, pointer: string): readonly Place[] {
  return object.members.map(({ name, key, value }) => ({
    node: value,
    pointer: childPointer(pointer, name),
    label: key,
    name: quoted(name),
  }));
}

/**
 * The members of an object that `known` names; others are reported with the nearest known name. Of a name written twice
 * the last stands. Null, and reported, when the value is no object. `noun` is what the object is: `a limit`.
 */
export function readObject(reading: Reading, place: Place, known: readonly string[], noun: string): Fields | null {
  const { node, pointer } = place;
  if (node.kind !== 'object') {
    reportType(reading, place, `${noun}, an object \`{ … }\``);
    return null;
  }
  const members = new Map<string, Place>();
  const places = memberPlaces(node, pointer);
  node.members.forEach(({ name }, index) => {
    const member = places[index];
    if (member === undefined) return;
    if (known.includes(name)) members.set(name, member);
    else reportUnknown(reading, member, name, { object: node, known, noun });
  });
  return { place, object: node, members };
}

function reportUnknown(
  reading: Reading,
  member: Place,
  name: string,
  { object, known, noun }: { object: ObjectNode; known: readonly string[]; noun: string },
): void {
  const near = suggest(reading, name, known);
  const isFree = near !== null && !object.members.some((other) => other.name === near);
  const fixes: Fix[] = isFree ? [replacement(`Rename it to \`${near}\``, member.label, JSON.stringify(near))] : [];
  const advice = near === null ? `use ${anyOf(known)}` : `write ${quoted(near)}`;
  const message = `${quoted(name)} is not a field of ${noun}; ${advice}`;
  reading.report.add('unknown-field', member.label, member.pointer, message, ...fixes);
}

/** The nearest of `known`, while suggestions last. */
function suggest(reading: Reading, name: string, known: readonly string[]): string | null {
  if (reading.suggestions < known.length) return null;
  reading.suggestions -= known.length;
  return nearestName(name, known);
}

/** A member that has to be there; null, and reported at the object, when it is not. */
export function need(reading: Reading, { place, object, members }: Fields, name: string): Place | null {
  const member = members.get(name);
  if (member !== undefined) return member;
  const { hint, fill } = MISSING_FIELD_HINTS[name] ?? { hint: `\`"${name}"\`` };
  const pointer = childPointer(place.pointer, name);
  const fixes: Fix[] = [];
  if (fill !== undefined) {
    const value = JSON.parse(fill) as string | readonly never[];
    const index = name === 'version' ? 0 : object.members.length;
    fixes.push({
      title: `Add \`"${name}": ${fill}\``,
      edits: [reading.editor().insertMember(object, index, name, value)],
    });
  }
  reading.report.add(
    'missing-field',
    place.label,
    pointer,
    `${place.name} has no ${quoted(name)}; add ${hint}`,
    ...fixes,
  );
  return null;
}

/** The elements of a list as places called `noun`; none, and reported, when the value is no list. */
export function readList(reading: Reading, place: Place | undefined, noun: string): readonly Place[] {
  if (place === undefined) return [];
  const { node, pointer } = place;
  if (node.kind !== 'list') {
    const written = reading.text.slice(node.range.start, node.range.end);
    const fixes = node.kind === 'object' || typeof node.value === 'string' ? [wrap(node, written)] : [];
    reportType(reading, place, 'a list `[ … ]`', ...fixes);
    return [];
  }
  return itemPlaces(node, pointer, noun);
}

function itemPlaces(list: ListNode, pointer: string, noun: string): readonly Place[] {
  return list.items.map((node, index) => ({
    node,
    pointer: childPointer(pointer, index),
    label: openingOf(node),
    name: noun,
  }));
}

function wrap({ range }: JsonNode, written: string): Fix {
  return replacement('Put it in a list', range, `[${written}]`);
}

/** Text; null when absent, or reported when it is something else. */
export function readText(reading: Reading, place: Place | null | undefined): string | null {
  if (place === null || place === undefined) return null;
  const { node } = place;
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
  const isPlain = node.kind === 'scalar' && node.value !== null;
  const written = reading.text.slice(node.range.start, node.range.end);
  const fixes = isPlain ? [replacement('Put it in double quotes', node.range, JSON.stringify(written))] : [];
  reportType(reading, place, 'text in double quotes', ...fixes);
  return null;
}

/** A name that has at least one visible character. */
export function readName(reading: Reading, place: Place | null): string | null {
  const name = readText(reading, place);
  if (name === null || place === null || !BLANK.test(name)) return name;
  reading.report.add('blank-name', place.node.range, place.pointer, `${place.name} is blank; give it a name`);
  return null;
}

/** One of a few words; anything else is reported with the nearest of them. */
export function readChoice<T extends string>(
  reading: Reading,
  place: Place | null | undefined,
  choices: readonly T[],
): T | null {
  const text = readText(reading, place);
  if (text === null || place === null || place === undefined) return null;
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  const near = suggest(reading, text, choices);
  const fixes = near === null ? [] : [replacement(`Write \`${near}\``, place.node.range, JSON.stringify(near))];
  const message = `${place.name} cannot be ${quoted(text)}; use ${anyOf(choices)}`;
  reading.report.add('unknown-choice', place.node.range, place.pointer, message, ...fixes);
  return null;
}

/** A number; null when absent, or reported when it is something else. */
export function readNumber(reading: Reading, place: Place | null | undefined): number | null {
  if (place === null || place === undefined) return null;
  const { node } = place;
  if (node.kind === 'scalar' && typeof node.value === 'number') return Number.isFinite(node.value) ? node.value : null;
  const bare = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
  const fixes = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(bare) ? [replacement('Remove the quotes', node.range, bare)] : [];
  reportType(reading, place, 'a number', ...fixes);
  return null;
}

/** Reports a value of the wrong kind. `wanted` completes "write …". */
export function reportType(reading: Reading, { node, pointer, name }: Place, wanted: string, ...fixes: Fix[]): void {
  const range = openingOf(node);
  reading.report.add('wrong-type', range, pointer, `${name} is ${kindOf(node)}; write ${wanted}`, ...fixes);
}

function kindOf(node: JsonNode): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'an object';
  if (typeof node.value === 'string') return 'text';
  return typeof node.value === 'number' ? 'a number' : String(node.value);
}
