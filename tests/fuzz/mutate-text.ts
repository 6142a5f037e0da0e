import type { Dice } from './dice.ts';
import { ODD_TEXT } from './odd.ts';

/** Inputs stay this short, so that a long run gets far; large ones have tests of their own. */
export const MOST_CHARACTERS = 12_000;

type Mutation = (text: string, dice: Dice, other: string) => string;

/** A stretch of a text, short more often than long. */
function stretch(text: string, dice: Dice): readonly [start: number, end: number] {
  const start = dice.below(text.length + 1);
  const most = dice.oneIn(4) ? text.length : 24;
  return [start, Math.min(text.length, start + 1 + dice.below(most + 1))];
}

function insert(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function nest(dice: Dice): string {
  const depth = dice.pick([3, 9, 33, 65, 129, 1001, 4000]);
  const [open, close] = dice.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['- ', ''],
    ['(', ')'],
    ['{{', '}}'],
  ] as const);
  return open.repeat(depth) + (dice.oneIn(2) ? '1' : '') + close.repeat(dice.oneIn(3) ? depth - 1 : depth);
}

const MUTATIONS: readonly Mutation[] = [
  (text, dice) => text.slice(0, dice.below(text.length + 1)),
  (text, dice) => text.slice(dice.below(text.length + 1)),
  (text, dice) => {
    const [start, end] = stretch(text, dice);
    return text.slice(0, start) + text.slice(end);
  },
  (text, dice) => {
    const [start, end] = stretch(text, dice);
    return insert(text, end, text.slice(start, end));
  },
  (text, dice) => {
    const [start, end] = stretch(text, dice);
    return insert(text, dice.below(text.length + 1), text.slice(start, end).repeat(1 + dice.below(8)));
  },
  (text, dice, other) => {
    const [start, end] = stretch(other, dice);
    return insert(text, dice.below(text.length + 1), other.slice(start, end));
  },
  (text, dice, other) => text.slice(0, dice.below(text.length + 1)) + other.slice(dice.below(other.length + 1)),
  (text, dice) => insert(text, dice.below(text.length + 1), dice.pick(ODD_TEXT)),
  (text, dice) => insert(text, dice.below(text.length + 1), dice.pick(ODD_TEXT)),
  (text, dice) => {
    const [start, end] = stretch(text, dice);
    return text.slice(0, start) + dice.pick(ODD_TEXT) + text.slice(end);
  },
  (text, dice) => {
    const at = dice.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(dice.below(dice.oneIn(3) ? 0x10000 : 128)) + text.slice(at + 1);
  },
  (text, dice) => insert(text, dice.below(text.length + 1), nest(dice)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text, dice) => text.replaceAll('\n', `\n${dice.pick(['', '  ', '\n', '\t', '// c\n', '# c\n'])}`),
  (text, dice) => text.replaceAll('"', dice.pick(["'", '', '"'])),
  (text, dice) => {
    const words = [...text.matchAll(/\w+/g)];
    const [one, other] = [words[dice.below(words.length + 1)], words[dice.below(words.length + 1)]];
    if (one === undefined || other === undefined) return text;
    return text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
  },
  (text) => `\ufeff${text}`,
  (text, dice) => {
    const numbers = [...text.matchAll(/\d+/g)];
    const found = numbers[dice.below(numbers.length + 1)];
    if (found === undefined) return text;
    const number = dice.pick(['0', '-1', '1e999', '9'.repeat(40), '0.1', '01', '1e-400', '4294967296', '-0']);
    return text.slice(0, found.index) + number + text.slice(found.index + found[0].length);
  },
  (text, dice) => {
    const lines = text.split('\n');
    const at = dice.below(lines.length);
    lines.splice(at, 1, ...(dice.oneIn(2) ? [] : [' '.repeat(dice.below(5)) + (lines[at] ?? ''), lines[at] ?? '']));
    return lines.join('\n');
  },
];

/** A text with up to four faults; `other` is one of its kind, to splice in. */
export function mutateText(text: string, other: string, dice: Dice): string {
  let mutated = text;
  for (let left = dice.pick([1, 1, 2, 4]); left > 0; left--) {
    mutated = dice.pick(MUTATIONS)(mutated, dice, other).slice(0, MOST_CHARACTERS);
  }
  return mutated;
}
