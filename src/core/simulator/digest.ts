import { OUTCOME_NAMES } from './columns.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** One table of strings, hashed for each of the two lanes. */
interface Hashes {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

const LANE_A = 0x3c6ef372;
const LANE_B = 0x14057b7e;

/**
 * Digest of the decisions of a run, as 16 hex characters: a 64-bit hash (two 32-bit lanes) over `atMs`, grant, session,
 * tool, outcome and rule of every call, in order. The same decisions give the same digest on every machine, however
 * the tables are numbered and wherever the run was cut. Not cryptographic.
 */
export function digestPass(run: Run): Pass<string> {
  const { columns, table, deciders } = run;
  const { atMs, caller, tool, outcome, decider } = columns;
  const tools = hashAll(table.tools, 2);
  const rules = hashAll(
    deciders.map((d) => d.rule),
    3,
  );
  const outcomes = hashAll(OUTCOME_NAMES, 4);
  const callers = hashAll(
    // why: as JSON, no grant and session run together.
    table.callers.map((c) => JSON.stringify([c.grant, c.session])),
    1,
  );
  let a = LANE_A | 0;
  let b = LANE_B | 0;
  let total = 0;
  const add = (from: number, to: number): void => {
    // why: locals keep both lanes in registers.
    let laneA = a;
    let laneB = b;
    for (let i = from; i < to; i++) {
      const at = atMs[i] ?? 0;
      const low = at | 0;
      const high = Math.floor(at / 0x1_0000_0000) | 0;
      const c = caller[i] ?? 0;
      const t = tool[i] ?? 0;
      const o = outcome[i] ?? 0;
      const d = decider[i] ?? 0;
      // INVARIANT: every table has a seed of its own, so that equal strings in two fields do not cancel out.
      const wordA = (callers.a[c] ?? 0) ^ (tools.a[t] ?? 0) ^ (rules.a[d] ?? 0) ^ (outcomes.a[o] ?? 0);
      laneA = step(laneA, low, high ^ wordA);
      const wordB = (callers.b[c] ?? 0) ^ (tools.b[t] ?? 0) ^ (rules.b[d] ?? 0) ^ (outcomes.b[o] ?? 0);
      laneB = step(laneB, low, high ^ wordB);
    }
    a = laneA;
    b = laneB;
    total += to - from;
  };
  return { add, finish: () => hex(finalize(step(a, total, b))) + hex(finalize(step(b, total, a))) };
}

/** Mixes two words into a lane; each step is a bijection of the lane for given words. */
function step(lane: number, first: number, second: number): number {
  const x = Math.imul(lane ^ first, 0x2c1b3c6d);
  const y = Math.imul(((x << 15) | (x >>> 17)) ^ second, 0x297a2d39);
  return (((y << 13) | (y >>> 19)) + 0x5bd1e995) | 0;
}

/** Spreads every bit of a word over all of them. */
function finalize(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x21f0aaad);
  h ^= h >>> 15;
  h = Math.imul(h, 0x735a2d97);
  return h ^ (h >>> 15);
}

function hashAll(texts: readonly string[], seed: number): Hashes {
  return {
    a: Int32Array.from(texts, (text) => hashText(text, Math.imul(seed, LANE_A))),
    b: Int32Array.from(texts, (text) => hashText(text, Math.imul(seed, LANE_B))),
  };
}

/** Hash of the UTF-16 units of a text. */
function hashText(text: string, seed: number): number {
  let h = finalize(seed ^ text.length);
  for (let i = 0; i < text.length; i++) h = (Math.imul(h ^ text.charCodeAt(i), 0x01000193) + 0x6b43a9b5) | 0;
  return finalize(h);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
