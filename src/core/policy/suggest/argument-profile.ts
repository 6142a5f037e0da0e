import { compareCodePoints } from '../../engine/value-text.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { PATH_PREFIX } from '../policylayer/vocabulary.ts';

/** Distinct texts, truth values and nulls up to which a list of allowed values is made. */
const MOST_VALUES = 8;
/** Longer texts are free text, of which the next call brings another. */
const LONGEST_CHOICE = 64;
/** Fields of a tool that are looked at; calls that invent names would bring any number. */
const MOST_PATHS = 64;
const MOST_DEPTH = 4;

/** What was seen at one path of a tool's arguments. */
interface Seen {
  readonly segments: readonly string[];
  /** Sets of arguments that had it. */
  count: number;
  nulls: number;
  numbers: number;
  /** Lists and objects. */
  others: number;
  lowest: number;
  highest: number;
  /** Texts, truth values and nulls, by type and text; null once there are too many, or one is too long. */
  values: Map<string, JsonValue> | null;
}

type Condition = JsonObject;

/** Gathers the arguments of one tool and says what a call like them has to fulfil. */
export class ArgumentProfile {
  #sets = 0;
  readonly #paths = new Map<string, Seen>();

  /** Takes in one set of arguments. Own keys only; names with a dot, and empty ones, cannot be addressed. */
  add(args: JsonObject): void {
    this.#sets++;
    this.#addFields(args, []);
  }

  /** `require` and `deny_if` of the tool: none is empty, and every set of arguments that was added passes. */
  rules(): { readonly require?: readonly JsonObject[]; readonly deny_if?: readonly JsonObject[] } {
    const required: JsonObject[] = [];
    const denied: JsonObject[] = [];
    for (const seen of this.#paths.values()) {
      const path = `${PATH_PREFIX}${seen.segments.join('.')}`;
      if (seen.count === this.#sets) {
        const conditions = demands(path, seen);
        if (conditions.length > 0) required.push({ conditions });
      } else denied.push(...refusals(path, seen).map((condition) => ({ conditions: [condition] })));
    }
    return {
      ...(required.length > 0 ? { require: required } : {}),
      ...(denied.length > 0 ? { deny_if: denied } : {}),
    };
  }

  #addFields(object: JsonObject, above: readonly string[]): void {
    for (const [name, value] of Object.entries(object)) {
      if (name === '' || name.includes('.')) continue;
      const segments = [...above, name];
      const seen = this.#seenAt(segments);
      if (seen === null) continue;
      note(seen, value);
      if (isObject(value) && segments.length < MOST_DEPTH) this.#addFields(value, segments);
    }
  }

  #seenAt(segments: readonly string[]): Seen | null {
    const key = segments.join('.');
    const known = this.#paths.get(key);
    if (known !== undefined || this.#paths.size === MOST_PATHS) return known ?? null;
    const counts = { count: 0, nulls: 0, numbers: 0, others: 0 };
    const seen: Seen = { segments, ...counts, lowest: Infinity, highest: -Infinity, values: new Map() };
    this.#paths.set(key, seen);
    return seen;
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function note(seen: Seen, value: JsonValue): void {
  seen.count++;
  if (typeof value === 'number') {
    seen.numbers++;
    // why: what is no number at all makes both ends unusable, instead of none.
    seen.lowest = value >= seen.lowest ? seen.lowest : Number.isNaN(value) ? -Infinity : value;
    seen.highest = value <= seen.highest ? seen.highest : Number.isNaN(value) ? Infinity : value;
  } else if (typeof value === 'object' && value !== null) seen.others++;
  else {
    if (value === null) seen.nulls++;
    seen.values?.set(`${typeof value} ${String(value)}`, value);
    const tooLong = typeof value === 'string' && value.length > LONGEST_CHOICE;
    if (tooLong || (seen.values?.size ?? 0) > MOST_VALUES) seen.values = null;
  }
}

/** What holds for every value of an argument that every call had. */
function demands(path: string, seen: Seen): Condition[] {
  if (seen.numbers === seen.count) {
    const { lowest, highest } = seen;
    const ends = [
      ...(Number.isFinite(lowest) ? [{ path, op: 'gte', value: lowest }] : []),
      ...(Number.isFinite(highest) ? [{ path, op: 'lte', value: highest }] : []),
    ];
    return ends.length > 0 ? ends : [{ path, op: 'exists', value: true }];
  }
  const choices = choicesOf(seen);
  if (choices !== null) return [{ path, op: 'in', value: choices }];
  return seen.nulls === 0 ? [{ path, op: 'exists', value: true }] : [];
}

/** What holds for no value of an argument that some calls had; a call without it fulfils none of these. */
function refusals(path: string, seen: Seen): Condition[] {
  if (seen.numbers === seen.count) {
    const { lowest, highest } = seen;
    return [
      ...(Number.isFinite(lowest) ? [{ path, op: 'lt', value: lowest }] : []),
      ...(Number.isFinite(highest) ? [{ path, op: 'gt', value: highest }] : []),
    ];
  }
  const choices = choicesOf(seen);
  return choices === null ? [] : [{ path, op: 'not_in', value: choices }];
}

/** The few values that were seen, in the order of their texts; null when there were many, or numbers, lists or objects among them. */
function choicesOf({ values, numbers, others }: Seen): readonly JsonValue[] | null {
  return numbers > 0 || others > 0 || values === null
    ? null
    : [...values].sort(([left], [right]) => compareCodePoints(left, right)).map(([, value]) => value);
}
