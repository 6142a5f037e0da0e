import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import type { Dice } from './dice.ts';
import { ODD_NAMES, ODD_VALUES } from './odd.ts';

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Every value in a document, itself first. */
function valuesOf(value: JsonValue): readonly JsonValue[] {
  if (isList(value)) return [value, ...value.flatMap(valuesOf)];
  return isObject(value) ? [value, ...Object.values(value).flatMap(valuesOf)] : [value];
}

/** Members as an object, `__proto__` among them as any other. */
function objectOf(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries(members);
}

function deep(dice: Dice): JsonValue {
  let value: JsonValue = 1;
  for (let depth = dice.pick([2, 8, 9, 31, 33, 65, 300]); depth > 0; depth--) {
    value = dice.oneIn(2) ? [value] : objectOf([[dice.oneIn(4) ? '__proto__' : 'a', value]]);
  }
  return value;
}

function kindOf(value: JsonValue): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

/** Another value of the same kind, which more often leaves a document that is taken. */
function alike(value: JsonValue, dice: Dice, others: readonly JsonValue[]): JsonValue {
  const [one, two] = [dice.pick(others), dice.pick(others)];
  if (kindOf(one) === kindOf(value)) return one;
  if (typeof value === 'number') return dice.pick([0, 1, 2, 7, 1000, value + 1, value / 2, -value]);
  if (typeof value === 'string') return dice.oneIn(2) ? value + dice.pick(ODD_NAMES) : value.slice(0, -1);
  return kindOf(two) === kindOf(value) ? two : value;
}

function replaced(value: JsonValue, dice: Dice, others: readonly JsonValue[]): JsonValue {
  if (dice.oneIn(2)) return alike(value, dice, others);
  const way = dice.below(8);
  if (way < 3) return dice.pick(ODD_VALUES);
  if (way < 5) return dice.pick(others);
  if (way === 5) return deep(dice);
  if (way === 6) return [value];
  return objectOf([[dice.pick(ODD_NAMES), value]]);
}

function changeList(list: readonly JsonValue[], dice: Dice, others: readonly JsonValue[]): JsonValue {
  const at = dice.below(list.length + 1);
  const item = list[at] ?? dice.pick(others);
  const way = dice.below(5);
  if (way === 4) return list.toReversed();
  if (way === 0) return list.toSpliced(at, 1);
  if (way === 1) return list.toSpliced(at, 0, ...Array.from({ length: 1 + dice.below(20) }, () => item));
  return list.toSpliced(at, 0, way === 2 ? dice.pick(others) : dice.pick(ODD_VALUES));
}

function changeObject(object: JsonObject, dice: Dice, others: readonly JsonValue[]): JsonValue {
  const members = Object.entries(object);
  const at = dice.below(members.length + 1);
  const [name, value] = members[at] ?? [dice.pick(ODD_NAMES), dice.pick(others)];
  const way = dice.below(5);
  if (way === 4) return objectOf(members.toReversed());
  if (way === 0) return objectOf(members.toSpliced(at, 1));
  if (way === 1) return objectOf(members.toSpliced(at, 1, [dice.pick(ODD_NAMES), value]));
  if (way === 2) return objectOf([...members, [dice.pick(ODD_NAMES), dice.pick(others)]]);
  return objectOf([...members, [`${name}2`, value]]);
}

/** Walks down to a place chosen by chance and changes what stands there. */
function changeOnce(value: JsonValue, dice: Dice, others: readonly JsonValue[]): JsonValue {
  if (isList(value) && value.length > 0 && !dice.oneIn(6)) {
    const at = dice.below(value.length);
    return value.with(at, changeOnce(value[at] ?? null, dice, others));
  }
  if (isObject(value) && Object.keys(value).length > 0 && !dice.oneIn(6)) {
    const members = Object.entries(value);
    const at = dice.below(members.length);
    const [name, inner] = members[at] ?? ['', null];
    return objectOf(members.with(at, [name, changeOnce(inner, dice, others)]));
  }
  if (dice.oneIn(4)) return replaced(value, dice, others);
  if (isList(value)) return changeList(value, dice, others);
  return isObject(value) ? changeObject(value, dice, others) : replaced(value, dice, others);
}

/** A document with up to four changes that keep it a document; `other` is one of its kind, to take parts from. */
export function mutateValue(value: JsonValue, other: JsonValue, dice: Dice): JsonValue {
  const others = valuesOf(other);
  let mutated = value;
  for (let left = dice.pick([0, 1, 1, 1, 2, 4]); left > 0; left--) mutated = changeOnce(mutated, dice, others);
  return mutated;
}
