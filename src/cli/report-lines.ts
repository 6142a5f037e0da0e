import { counted } from '../core/policy/wording.ts';
import type { CheckedRun, CheckedTest, Unusable } from './check-pair.ts';
import type { Pair } from './options.ts';

/** A pair of files and what came of it. `tookMs`: time the check took. */
export interface Checked {
  readonly pair: Pair;
  readonly result: CheckedRun | Unusable;
  readonly tookMs: number;
}

/** Control characters that a terminal would act on; line breaks in a message become spaces. */
const CONTROL = /\p{Cc}/gu;

/** What is printed for people: a line for each run and each assertion, the first call that breaks it, and the sum. */
export function reportLines(checked: readonly Checked[]): readonly string[] {
  const lines = checked.flatMap(({ pair, result }) => [
    `${pair.policy} with ${pair.scenario}`,
    ...(result.kind === 'checked' ? runLines(result) : result.problems.map((words) => `  error  ${words}`)),
  ]);
  return [...lines, sumLine(checked)].map((line) => line.replace(CONTROL, ' '));
}

function runLines({ calls, allowed, denied, approvals, partial, tests, contradictions }: CheckedRun): string[] {
  const outcomes = `${counted(calls, 'call')}: ${allowed} allowed, ${denied} denied, ${approvals} held for approval`;
  return [
    `  ${outcomes}${partial ? ', cut off at the largest size of a run' : ''}`,
    ...tests.flatMap(testLines),
    ...contradictions.map(({ first, second }) =>
      first === second
        ? `  note   test ${first + 1} can never hold; its bounds exclude each other`
        : `  note   tests ${first + 1} and ${second + 1} cannot both hold; change one of them`,
    ),
    ...(tests.length === 0 ? ['  note   no tests; add some to the `expect` of the scenario'] : []),
  ];
}

function testLines({ passes, test, words, breaking }: CheckedTest): string[] {
  const line = `  ${passes ? 'ok    ' : 'FAILED'} ${test}; seen: ${words}`;
  return breaking === null ? [line] : [line, `         first broken by ${breaking}`];
}

function sumLine(checked: readonly Checked[]): string {
  const tests = checked.flatMap(({ result }) => (result.kind === 'checked' ? result.tests : []));
  const passed = tests.filter(({ passes }) => passes).length;
  const unusable = checked.filter(({ result }) => result.kind === 'unusable').length;
  const sum = `${counted(tests.length, 'test')}, ${passed} passed, ${tests.length - passed} failed`;
  return unusable === 0 ? sum : `${sum}, ${counted(unusable, 'pair')} of files could not be used`;
}
