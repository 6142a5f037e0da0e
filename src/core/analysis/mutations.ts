import type { JsonObject, JsonValue } from '../json.ts';
import { resolveArgument } from '../engine/argument-path.ts';
import { withValue } from './argument-search.ts';
import { LOOK_ALIKES } from './look-alikes.ts';

/** Ways an agent can write a call differently. The order is that of trying: the smallest difference first. */
export const MUTATION_KINDS = [
  'left-out',
  'null',
  'number-as-text',
  'exponent-text',
  'text-as-number',
  'case',
  'white-space',
  'zero-width',
  'look-alike',
  'in-a-list',
  'empty-list',
  'in-an-object',
  'negative',
  'fraction',
  'huge',
  'extra-argument',
] as const;
/** One of `MUTATION_KINDS`. */
export type MutationKind = (typeof MUTATION_KINDS)[number];

/** A call written differently at one path: the value before and after (`undefined`: missing), and the whole arguments. */
export interface Mutation {
  readonly kind: MutationKind;
  readonly segments: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly args: JsonObject;
}

/** Every way to write the argument at a path differently, in the order of `MUTATION_KINDS`. */
export function mutationsAt(args: JsonObject, segments: readonly string[]): Mutation[] {
  const found = resolveArgument(args, segments);
  const before = found.found ? found.value : undefined;
  const changed = found.found ? variantsOf(found.value) : ADDED;
  return changed
    .map(([kind, after]): Mutation => ({ kind, segments, before, after, args: withValue(args, segments, after) }))
    .sort((a, b) => MUTATION_KINDS.indexOf(a.kind) - MUTATION_KINDS.indexOf(b.kind));
}

type Variant = readonly [MutationKind, JsonValue | undefined];

/** What an agent can put where nothing stood. */
const ADDED: readonly Variant[] = ['x', 1, true].map((value) => ['extra-argument', value]);

function variantsOf(value: JsonValue): Variant[] {
  const anywhere: Variant[] = [
    ['left-out', undefined],
    ['null', null],
    ['in-a-list', [value]],
    ['empty-list', []],
    ['in-an-object', { value }],
  ];
  if (typeof value === 'number') return [...anywhere, ...numberVariants(value)];
  if (typeof value === 'string') return [...anywhere, ...textVariants(value)];
  return anywhere;
}

function numberVariants(value: number): Variant[] {
  const variants: Variant[] = [
    ['number-as-text', String(value)],
    ['exponent-text', value.toExponential()],
    ['huge', Number.MAX_VALUE],
  ];
  if (Number.isInteger(value)) variants.push(['fraction', value + 0.5]);
  if (value > 0) variants.push(['negative', -value]);
  return variants;
}

function textVariants(value: string): Variant[] {
  if (value === '') return [];
  const variants: Variant[] = [];
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) variants.push(['text-as-number', number]);
  const swapped = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
  const middle = Math.ceil(value.length / 2);
  if (swapped !== value) variants.push(['case', swapped]);
  variants.push(
    ['white-space', ` ${value}`],
    ['white-space', `${value} `],
    ['white-space', value.replaceAll(' ', '\u00a0')],
  );
  variants.push(['zero-width', `${value.slice(0, middle)}\u200b${value.slice(middle)}`]);
  const lookAlike = lookAlikeOf(value);
  if (lookAlike !== null) variants.push(['look-alike', lookAlike]);
  return variants.filter(([, after]) => after !== value);
}

/** The text with one letter of another script that looks the same; null when it has no such letter. */
function lookAlikeOf(text: string): string | null {
  const at = Array.from(text).findIndex((letter) => LOOK_ALIKES.has(letter));
  if (at === -1) return null;
  return Array.from(text, (letter, index) => (index === at ? (LOOK_ALIKES.get(letter) ?? letter) : letter)).join('');
}
