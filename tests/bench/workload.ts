import type { JsonObject } from '../../src/core/json.ts';
import { compilePattern } from '../../src/core/policy/pattern.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import { parsePolicy } from '../../src/core/policy/parse.ts';
import { type CallPlan, UPSTREAM_CODE } from '../../src/core/simulator/columns.ts';

export const TOOLS = 14;
export const GRANTS = 8;
export const MINUTE_MAX = 400;
export const HOUR_MAX = 20_000;
export const MAX_AMOUNT = 900;
/** Amounts 0 … 999 occur; a tenth is above `MAX_AMOUNT`. */
export const AMOUNTS = 1000;

const START_MS = Date.UTC(2026, 0, 1);

export const toolNames = Array.from({ length: TOOLS }, (_, i) => `tool_${i}`);
export const grantNames = Array.from({ length: GRANTS }, (_, i) => `grant-${i}`);

/** Two limits and one condition on a number for each tool: at most `maxAmount`. */
export function policyText(maxAmount = MAX_AMOUNT): string {
  const tool = {
    require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: maxAmount }] }],
    limits: [
      { counter: 'a_minute', window: 'minute', max: MINUTE_MAX },
      { counter: 'an_hour', window: 'hour', max: HOUR_MAX },
    ],
  };
  const tools = Object.fromEntries(toolNames.map((name) => [name, tool]));
  return JSON.stringify({ version: '1', default: 'deny', tools });
}

/** A policy of at least `characters`, with as many tools as that takes. */
export function policyOfSize(characters: number): string {
  const limits = [{ counter: 'a_minute', window: 'minute', max: 30 }];
  const require = [{ conditions: [{ path: 'args.amount', op: 'lte', value: 5 }], on_deny: 'at most 5' }];
  const tools: Record<string, unknown> = {};
  let size = 0;
  for (let i = 0; size < characters; i++) {
    tools[`tool_${i}`] = { require, limits };
    size += JSON.stringify(tools[`tool_${i}`]).length;
  }
  return JSON.stringify({ version: '1', default: 'deny', tools }, null, 2);
}

/** Reads a `policylayer` text that has no errors. */
export function readBenchPolicy(text: string): Policy {
  const { policy } = parsePolicy(text, { dialect: 'policylayer', compilePattern });
  if (!policy) throw new Error('the policy of the bench does not load');
  return policy;
}

export interface PlanOptions {
  /** Every call has arguments of its own, built when asked for; else equal amounts share theirs. */
  readonly distinct?: boolean;
  /** Share of calls that fail 250 ms later. */
  readonly failing?: number;
}

/** Calls a millisecond apart; tool, grant and amount are drawn from a fixed seed. The server answers at once. */
export function makePlan(count: number, { distinct = false, failing = 0 }: PlanOptions = {}): CallPlan {
  const atMs = new Float64Array(count);
  const caller = new Uint16Array(count);
  const tool = new Uint16Array(count);
  const args = new Uint32Array(count);
  const upstream = new Uint8Array(count);
  const latencyMs = new Uint32Array(count);
  const amounts = distinct ? new Uint16Array(count) : null;
  const next = generator(42);
  for (let i = 0; i < count; i++) {
    atMs[i] = START_MS + i;
    caller[i] = next() % GRANTS;
    tool[i] = next() % TOOLS;
    const amount = next() % AMOUNTS;
    args[i] = amounts ? i : amount;
    if (amounts) amounts[i] = amount;
    if (next() % 1000 < 1000 * failing) {
      upstream[i] = UPSTREAM_CODE.rpc_error;
      latencyMs[i] = 250;
    }
  }
  const shared: JsonObject[] = Array.from({ length: AMOUNTS }, (_, amount) => ({ amount, agentId: `agent-${amount}` }));
  return {
    calls: {
      count,
      atMs,
      caller,
      tool,
      args,
      upstream,
      latencyMs,
    },
    table: {
      callers: grantNames.map((grant) => ({ grant, session: 's1' })),
      tools: toolNames,
      argsCount: distinct ? count : AMOUNTS,
      argsAt: amounts ? (id) => ({ amount: amounts[id]!, agentId: 'agent-1' }) : (id) => shared[id]!,
    },
    reactions: grantNames.map(() => null),
    approvals: { mode: 'ignore', afterMs: 0 },
  };
}

/** Numbers below 2^31 from a seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
}
