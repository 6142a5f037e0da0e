import type { CompiledLimit, CompiledTool } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { Dialect, Limit } from '../policy/model.ts';
import { resolveArgument } from '../engine/argument-path.ts';
import { findCall } from './argument-search.ts';
import { NO_CAP, type Cap } from './pieces.ts';

/** Who the traffic comes from: one grant that keeps one session, or one grant with as many sessions as it likes. */
export type Callers = 'session' | 'grant';

/** What one window of a length lets through, and the limits that say so. */
export interface WindowCap extends Cap {
  readonly windowMs: number;
  readonly rules: readonly string[];
}

/**
 * What bounds a tool. `open`: calls can pass; `approval`: they wait for a person first; `hidden`, `denied`: none can;
 * `unknown`: no call that passes was found, which proves nothing. `callValue`: the most one call can spend, 0 without a
 * spend limit, `Infinity` without a bound; `least`: the least. `shared`: caps that other tools count against too.
 */
export interface ToolCaps {
  readonly tool: string;
  readonly status: 'open' | 'approval' | 'hidden' | 'denied' | 'unknown';
  readonly args: JsonObject;
  /** Path of the amount that is spent, as segments; null without a spend limit. */
  readonly spends: readonly string[] | null;
  readonly callValue: number;
  readonly least: number;
  readonly own: readonly WindowCap[];
  readonly shared: readonly WindowCap[];
  /** False where rules read counters, or a sum could not be worked out exactly. */
  readonly exact: boolean;
}

/** Increments up to this many a window are added up as the counter adds them. */
const MOST_ADDED = 1_000_000;

/** What bounds calls of a tool by its rules and limits, for these callers. */
export function toolCaps(name: string, tool: CompiledTool, dialect: Dialect, callers: Callers): ToolCaps {
  const none = { tool: name, args: {}, spends: null, callValue: 0, least: 0, own: [], shared: [], exact: true };
  if (tool.refusal !== null) return { ...none, status: tool.refusal.kind === 'hidden' ? 'hidden' : 'denied' };
  const limits = tool.limits.filter(
    ({ limit }) =>
      limit.counts &&
      // why: a further session is no help where no single call fits.
      (callers === 'session' || limit.scope !== 'session' || !fitsOnce(limit, name, tool, dialect)),
  );
  const spends = amountsOf(limits)[0];
  // why: what no limit of these callers counts is as small as it can be, so that a limit of each session lets it through.
  const small = spends === undefined ? amountsOf(tool.limits)[0] : undefined;
  const found = findCall(
    name,
    tool,
    dialect,
    spends !== undefined
      ? { segments: spends, order: 'greatest' }
      : small !== undefined
        ? { segments: small, order: 'least' }
        : undefined,
  );
  if (found.kind !== 'found') return { ...none, status: found.kind === 'none' ? 'denied' : 'unknown' };
  const least =
    spends === undefined ? 1 : numberAt(findCall(name, tool, dialect, { segments: spends, order: 'least' }), spends);
  const most = spends === undefined ? 0 : numberAt(found, spends);
  const caps = (of: readonly CompiledLimit[]): WindowCap[] => capsByWindow(of, spends ?? null, least);
  return {
    tool: name,
    status: tool.approval === null ? 'open' : 'approval',
    args: found.args,
    spends: spends ?? null,
    callValue: most >= Number.MAX_VALUE ? Infinity : most,
    least: spends === undefined ? 0 : least,
    own: caps(limits.filter(({ tool: owner }) => owner !== null)),
    shared: caps(limits.filter(({ tool: owner }) => owner === null)),
    exact: !tool.rules.some(({ readsCounters }) => readsCounters) && isExact(limits, spends ?? null, dialect),
  };
}

/** Where amounts are counted that calls bring along. */
function amountsOf(limits: readonly CompiledLimit[]): (readonly string[])[] {
  return limits.flatMap(({ limit: { amount, counts } }) =>
    counts && amount.kind === 'argument' ? [amount.segments] : [],
  );
}

/** Whether a limit lets a single call through; the one with the least amount that was found. */
function fitsOnce({ amount, max }: Limit, name: string, tool: CompiledTool, dialect: Dialect): boolean {
  if (amount.kind === 'static') return amount.value <= max;
  const { segments } = amount;
  return numberAt(findCall(name, tool, dialect, { segments, order: 'least' }), segments) <= max;
}

function numberAt(found: ReturnType<typeof findCall>, segments: readonly string[]): number {
  const value = found.kind === 'found' ? resolveArgument(found.args, segments) : null;
  return value?.found === true && typeof value.value === 'number' ? value.value : 0;
}

function isExact(limits: readonly CompiledLimit[], spends: readonly string[] | null, dialect: Dialect): boolean {
  const keys = new Set(limits.map(({ counter }) => counter));
  const paths = new Set(limits.map(({ limit }) => (limit.amount.kind === 'argument' ? limit.amount.path : '')));
  // why: Intercept counts whole units only, so what is spent is not what is counted.
  const isCounted = dialect === 'policylayer' || spends === null;
  return keys.size === limits.length && paths.size <= (paths.has('') ? 2 : 1) && isCounted;
}

function capsByWindow(limits: readonly CompiledLimit[], spends: readonly string[] | null, least: number): WindowCap[] {
  const byWindow = new Map<number, WindowCap>();
  for (const { limit } of limits) {
    const before = byWindow.get(limit.windowMs) ?? { ...NO_CAP, windowMs: limit.windowMs, rules: [] };
    const byAmount = limit.amount.kind === 'argument' && spends !== null;
    const calls = limit.amount.kind === 'static' ? fitting(limit.max, limit.amount.value) : fitting(limit.max, least);
    byWindow.set(limit.windowMs, {
      windowMs: limit.windowMs,
      calls: Math.min(before.calls, calls),
      // why: a counter that negative amounts bring down again bounds nothing.
      value: byAmount && least >= 0 ? Math.min(before.value, limit.max) : before.value,
      rules: [...before.rules, limit.rule],
    });
  }
  return [...byWindow.values()].sort((a, b) => a.windowMs - b.windowMs);
}

/** How often an amount fits under a max when it is added again and again, as a counter adds. */
function fitting(max: number, amount: number): number {
  if (amount <= 0) return Infinity;
  if (Number.isSafeInteger(amount) || max / amount > MOST_ADDED) return Math.floor(max / amount);
  let used = 0;
  let calls = 0;
  while (used + amount <= max) {
    used += amount;
    calls++;
  }
  return calls;
}
