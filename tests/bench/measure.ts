/** One figure of the bench; `ratios` are to other figures of the same run. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratios?: Readonly<Record<string, number>>;
}

/** One thing to time: `run` does `work` units and returns a number that proves it did. */
export interface Bench {
  readonly name: string;
  readonly work: number;
  run(): number | Promise<number>;
}

/** Rates of a bench, units a second, one a round. */
export interface Rates {
  readonly name: string;
  readonly rates: readonly number[];
}

/**
 * Times benches in turn, round after round, so that what else the machine does falls on all of them alike. A first round
 * warms up and is not counted.
 */
export async function measure(benches: readonly Bench[], rounds: number): Promise<readonly Rates[]> {
  const rates = benches.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, bench] of benches.entries()) {
      const startMs = performance.now();
      const proof = await bench.run();
      const seconds = (performance.now() - startMs) / 1000;
      if (!(proof > 0)) throw new Error(`${bench.name} did nothing`);
      if (round > 0) rates[i]!.push(bench.work / seconds);
    }
  }
  return benches.map(({ name }, i) => ({ name, rates: rates[i]! }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How many times as fast as another bench, by the median of the rounds' ratios. */
export function ratio(bench: Rates, other: Rates): number {
  return median(bench.rates.map((rate, round) => rate / other.rates[round]!));
}

/** What `work` comes to; an error that names `what` when that takes more than `seconds`, so that nothing waits for ever. */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const message = `${what} took more than ${seconds} s; run it again with less else going on, or watch the page with DEBUG=pw:api`;
    timer = setTimeout(() => reject(new Error(message)), 1000 * seconds);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
