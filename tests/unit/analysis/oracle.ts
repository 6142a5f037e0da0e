/** A window length in minutes and what it lets through. */
export interface OracleCap {
  readonly minutes: number;
  readonly calls: number;
  readonly value: number;
}

/** Caps of one tool; `shared` ones are given apart. */
export interface OracleTool {
  readonly caps: readonly OracleCap[];
  /** Values one call may have. */
  readonly values: readonly number[];
}

interface Counter {
  readonly cap: OracleCap;
  readonly tool: number | null;
}

/**
 * The most value that calls get through `[from, to)` (minutes), by trying everything: minute by minute, every way to add
 * one more call, remembering only how full each counter is. Nothing of the code under test is used.
 */
export function exhaust(tools: readonly OracleTool[], shared: readonly OracleCap[], from: number, to: number): number {
  const counters: Counter[] = [
    ...tools.flatMap(({ caps }, tool) => caps.map((cap): Counter => ({ cap, tool }))),
    ...shared.map((cap): Counter => ({ cap, tool: null })),
  ];
  let states = new Map<string, number>([[JSON.stringify(counters.map(() => [0, 0])), 0]]);
  for (let minute = from; minute < to; minute++) {
    const entered = new Map<string, number>();
    for (const [key, value] of states)
      keep(entered, JSON.stringify(turned(JSON.parse(key) as Used, counters, minute)), value);
    states = everyCall(entered, tools, counters);
  }
  return Math.max(...states.values());
}

type Used = [calls: number, value: number][];

function keep(states: Map<string, number>, key: string, value: number): boolean {
  if ((states.get(key) ?? -1) >= value) return false;
  states.set(key, value);
  return true;
}

function turned(used: Used, counters: readonly Counter[], minute: number): Used {
  return used.map((entry, index) => (minute % (counters[index]?.cap.minutes ?? 1) === 0 ? [0, 0] : entry));
}

function everyCall(
  entered: Map<string, number>,
  tools: readonly OracleTool[],
  counters: readonly Counter[],
): Map<string, number> {
  const waiting = [...entered.keys()];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const used = JSON.parse(key) as Used;
    for (const [tool, { values }] of tools.entries()) {
      for (const value of values) {
        const next = used.map(([calls, sum], index): [number, number] =>
          counters[index]?.tool === tool || counters[index]?.tool === null ? [calls + 1, sum + value] : [calls, sum],
        );
        const fits = next.every(([calls, sum], index) => {
          const cap = counters[index]?.cap;
          return cap === undefined || (calls <= cap.calls && sum <= cap.value);
        });
        const text = JSON.stringify(next);
        if (fits && keep(entered, text, (entered.get(key) ?? 0) + value)) waiting.push(text);
      }
    }
  }
  return entered;
}
