import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSimulation } from '../../src/core/simulator/simulate.ts';
import type { CallPlan } from '../../src/core/simulator/columns.ts';
import type { WindowMode } from '../../src/core/engine/decision.ts';
import { compilePattern } from '../../src/core/policy/pattern.ts';
import { parsePolicy } from '../../src/core/policy/parse.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import { bareLoop } from './bare-loop.ts';
import { measureBrowser } from './browser.ts';
import { type Bench, type Line, measure, median, type Rates, ratio } from './measure.ts';
import { makeCasbin, makeCedar, type Peer, rateLimiterFlexible } from './peers.ts';
import { LIVING, planOf, playStory, REACTIVE } from './stories.ts';
import { makePlan, policyOfSize, policyText, readBenchPolicy } from './workload.ts';

const MILLION = 1_000_000;
const ROUNDS = 7;
/** What the worker decides between two looks at its messages. */
const SLICE = 65_536;

const policy = readBenchPolicy(policyText());

function simulate(plan: CallPlan, windows: WindowMode = 'calendar'): Run {
  const simulation = createSimulation(policy, plan, { windows, answer: () => 1 });
  while (!simulation.advance(SLICE));
  return simulation.finish(false);
}

const simulateBench = (name: string, plan: CallPlan, windows?: WindowMode): Bench => ({
  name,
  work: plan.calls.count,
  run: () => simulate(plan, windows).columns.count,
});

const peerBench = (name: string, peer: Peer, plan: CallPlan, work: number): Bench => ({
  name,
  work,
  run: () => peer(plan, work),
});

function rateLine(bench: Rates, others: readonly Rates[] = []): Line {
  const line = { name: bench.name, value: Math.round(median(bench.rates)), unit: 'decisions/s' };
  if (others.length === 0) return line;
  const ratios = Object.fromEntries(others.map((other) => [other.name, Number(ratio(bench, other).toPrecision(4))]));
  return { ...line, ratios };
}

/** The comparison: everything on the same calls, in the same rounds. */
async function compare(): Promise<Line[]> {
  const plan = makePlan(MILLION);
  const rates = await measure(
    [
      { name: 'bare-loop', work: MILLION, run: () => bareLoop(plan.calls).length },
      simulateBench('simulate', plan),
      peerBench('rate-limiter-flexible', rateLimiterFlexible, plan, 200_000),
      peerBench('casbin', await makeCasbin(), plan, 5_000),
      peerBench('cedar-wasm', makeCedar(), plan, 5_000),
    ],
    ROUNDS,
  );
  const [bare, ours, limiter, casbin, cedar] = rates as [Rates, Rates, Rates, Rates, Rates];
  return [
    rateLine(ours, [bare, limiter, casbin, cedar]),
    ...[bare, limiter, casbin, cedar].map((peer) => rateLine(peer)),
  ];
}

/** The same policy under other conditions. */
async function vary(): Promise<Line[]> {
  const plan = makePlan(MILLION);
  const rates = await measure(
    [
      simulateBench('simulate-distinct-arguments', makePlan(MILLION, { distinct: true })),
      simulateBench('simulate-late-failures', makePlan(MILLION, { failing: 0.1 })),
      simulateBench('simulate-anchored', plan, 'anchored'),
      simulateBench('simulate-sliding', plan, 'sliding'),
    ],
    3,
  );
  return rates.map((bench) => rateLine(bench));
}

/** Agents that react to what they are told, and a world that remembers what was done to it. */
async function stories(): Promise<Line[]> {
  const story = (name: string, plan: CallPlan): Bench => {
    const work = playStory(plan, SLICE).columns.count;
    return { name, work, run: () => playStory(plan, SLICE).columns.count };
  };
  const rates = await measure(
    [story('simulate-reactive', planOf(REACTIVE)), story('simulate-living-world', planOf(LIVING))],
    3,
  );
  return rates.map((bench) => rateLine(bench));
}

/** Bytes that something still refers to. Array buffers are given up a little after they are found to be unused. */
async function memoryInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) {
    collect();
    await setImmediate();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Ten times the calls: as fast a call, and how many bytes each takes, plan and decisions together. */
async function scale(): Promise<Line[]> {
  const before = await memoryInUse();
  const plan = makePlan(10 * MILLION);
  const simulation = createSimulation(policy, plan, { windows: 'calendar', answer: () => 1 });
  while (!simulation.advance(SLICE));
  const bytes = ((await memoryInUse()) - before) / simulation.finish(false).columns.count;
  const one = makePlan(MILLION);
  const rates = await measure([simulateBench('simulate-1m', one), simulateBench('simulate-10m', plan)], 3);
  const [small, large] = rates as [Rates, Rates];
  return [rateLine(large, [small]), { name: 'bytes-a-call', value: Number(bytes.toFixed(1)), unit: 'bytes' }];
}

async function parse(): Promise<Line> {
  const text = policyOfSize(100_000);
  const read = () => parsePolicy(text, { dialect: 'policylayer', compilePattern }).policy?.tools.size ?? 0;
  const [bench] = await measure([{ name: 'parse-policy-100kB', work: 1, run: read }], 15);
  return { name: 'parse-policy-100kB', value: Number((1000 / median(bench!.rates)).toFixed(2)), unit: 'ms' };
}

function print(line: Line): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(line));
    return;
  }
  const ratios = Object.entries(line.ratios ?? {}).map(([name, times]) => `${times} × ${name}`);
  console.log(
    [line.name.padEnd(28), line.value.toLocaleString('en').padStart(14), line.unit.padEnd(12), ...ratios].join('  '),
  );
}

for (const part of [compare, vary, stories, scale, async () => [await parse()]]) {
  for (const line of await part()) print(line);
}
for await (const lines of measureBrowser()) lines.forEach(print);
