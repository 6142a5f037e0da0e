import { Dice, seedOf } from './dice.ts';
import type { Target } from './target.ts';

/** An input that broke a promise. `at` is its number, with which the same seed makes it again. */
export interface Failure {
  readonly at: number;
  readonly input: string;
  readonly about: string;
}

/** An input and how long it took, of processor time of the whole process. */
export interface Timed {
  readonly at: number;
  readonly ms: number;
  readonly characters: number;
}

/** What came of many inputs. `slowest` first; `peakBytes` is the most that the heap held between two inputs. */
export interface Tally {
  readonly target: string;
  inputs: number;
  refused: number;
  peakBytes: number;
  slowest: readonly Timed[];
  readonly failures: Failure[];
}

/** How many inputs, from which seed, and when to stop before that. */
export interface Plan {
  readonly seed: number;
  readonly count: number;
  /** Number of the first input; 0 when left out. */
  readonly from?: number;
  /** Asked before each input. */
  readonly mayGoOn?: () => boolean;
}

const MOST_FAILURES = 20;
const SLOWEST = 3;

/** What is wrong with how a target takes an input; null when nothing is. */
export async function faultOf(target: Target, input: string): Promise<string | null> {
  try {
    await target.check(input);
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  }
}

/** Input number `at` of a seed. */
export async function inputOf(target: Target, seed: number, at: number): Promise<string> {
  return target.make(new Dice(seedOf(`${target.name} ${seed} ${at}`)));
}

async function tryInput(target: Target, input: string, at: number, tally: Tally): Promise<void> {
  const before = process.cpuUsage();
  try {
    if ((await target.check(input)) === 'refused') tally.refused++;
  } catch (error) {
    tally.failures.push({ at, input, about: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms > (tally.slowest.at(SLOWEST - 1)?.ms ?? 0)) {
    const timed = [...tally.slowest, { at, ms, characters: input.length }];
    tally.slowest = timed.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  }
}

/** Gives a target many inputs. Stops after `MOST_FAILURES` failures, and when it may not go on. */
export async function fuzz(target: Target, { seed, count, from = 0, mayGoOn }: Plan): Promise<Tally> {
  const tally: Tally = { target: target.name, inputs: 0, refused: 0, peakBytes: 0, slowest: [], failures: [] };
  for (let at = from; at < from + count; at++) {
    if (mayGoOn?.() === false || tally.failures.length >= MOST_FAILURES) break;
    await tryInput(target, await inputOf(target, seed, at), at, tally);
    tally.inputs++;
    if (at % 64 === 0) tally.peakBytes = Math.max(tally.peakBytes, process.memoryUsage().heapUsed);
  }
  return tally;
}
