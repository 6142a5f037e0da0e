import type { WindowMode } from '../../../src/core/engine/decision.ts';
import type { Amount, Limit, Policy } from '../../../src/core/policy/model.ts';
import type { Call } from './arrange.ts';

/** What a call got, according to the reference. */
export interface Verdict {
  readonly rule: string;
  readonly retryAtMs: number | null;
}

/** One amount that was counted; `returnedAtMs` when a failure gave it back. */
interface Entry {
  readonly atMs: number;
  readonly amount: number;
  returnedAtMs: number;
}

/**
 * Limits decided as slowly and plainly as the specification reads (docs: policy.md#limits): every sum is added up
 * again from the whole history, a retry time is found by trying one millisecond after the other.
 */
export function decideByHistory(policy: Policy, windows: WindowMode, calls: readonly Call[]): Verdict[] {
  const history = new Map<string, Entry[]>();
  const entriesOf = (limit: Limit, call: Call): Entry[] => {
    const key = JSON.stringify([limit.counterKey, ownerOf(limit, call)]);
    if (!history.has(key)) history.set(key, []);
    return history.get(key)!;
  };
  return calls.map((call) => {
    const limits = [...(policy.tools.get(call.tool)?.limits ?? []), ...(policy.everyTool?.limits ?? [])];
    for (const limit of limits) {
      const entries = entriesOf(limit, call);
      const amount = amountOf(limit.amount, call);
      const fits = (atMs: number) =>
        amount !== null && usedAt(entries, limit, windows, atMs, call.atMs) + amount <= limit.max;
      if (fits(call.atMs)) continue;
      return { rule: limit.rule, retryAtMs: firstFit(fits, call.atMs, limit, amount) };
    }
    const failed = call.upstream !== undefined && call.upstream !== 'ok' && call.upstream !== 'auto';
    const returnedAtMs = failed ? call.atMs + (call.latencyMs ?? 0) : Infinity;
    for (const limit of limits) {
      entriesOf(limit, call).push({ atMs: call.atMs, amount: amountOf(limit.amount, call) ?? 0, returnedAtMs });
    }
    return { rule: '', retryAtMs: null };
  });
}

function ownerOf({ scope }: Limit, { grant = 'g', session = 's' }: Call): readonly string[] {
  if (scope === 'everyone') return [];
  return scope === 'grant' ? [grant] : [grant, session];
}

function amountOf(amount: Amount, { args = {} }: Call): number | null {
  if (amount.kind === 'static') return amount.value;
  const value = args[amount.segments[0]!];
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : null;
}

/** The sum in the window that holds `atMs`, with the failures known at `knownMs`. */
function usedAt(entries: readonly Entry[], limit: Limit, windows: WindowMode, atMs: number, knownMs: number): number {
  const counted = entries.filter((entry) => isInWindow(entries, entry, limit.windowMs, windows, atMs));
  return counted.filter(({ returnedAtMs }) => returnedAtMs > knownMs).reduce((sum, { amount }) => sum + amount, 0);
}

function isInWindow(
  entries: readonly Entry[],
  entry: Entry,
  lengthMs: number,
  windows: WindowMode,
  atMs: number,
): boolean {
  switch (windows) {
    case 'calendar':
      return Math.floor(entry.atMs / lengthMs) === Math.floor(atMs / lengthMs);
    case 'sliding':
      return entry.atMs <= atMs && atMs < entry.atMs + lengthMs;
    case 'anchored': {
      let opened = -Infinity;
      for (const { atMs: takenMs } of entries) if (takenMs >= opened + lengthMs) opened = takenMs;
      return entry.atMs >= opened && atMs < opened + lengthMs;
    }
  }
}

function firstFit(fits: (atMs: number) => boolean, atMs: number, limit: Limit, amount: number | null): number | null {
  if (amount === null || amount > limit.max) return null;
  let tryMs = atMs;
  while (!fits(tryMs)) tryMs++;
  return tryMs;
}
