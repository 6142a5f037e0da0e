import { compilePolicy } from '../engine/compile.ts';
import type { Policy } from '../policy/model.ts';
import type { Cap } from './pieces.ts';
import { spanCapacity, type CapsByWindow } from './span-capacity.ts';
import type { Steps } from './steps.ts';
import { callsTogether, mostTogether, type TogetherTool } from './together.ts';
import { toolCaps, type Callers, type ToolCaps, type WindowCap } from './tool-caps.ts';

/** Lengths that the worst case is told for, in ms. */
export const SPANS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
/** One of `SPANS`. */
export type SpanName = keyof typeof SPANS;

/** A day boundary that every span is laid around: 2026-01-02, 00:00 UTC. */
export const BOUNDARY_MS = 1_767_312_000_000;

/** The most of something in the calendar's own spans and in any span of that length; starts in ms since the epoch. */
export interface Most {
  readonly calendar: number;
  readonly calendarFromMs: number;
  readonly sliding: number;
  readonly slidingFromMs: number;
}

/** The worst case of one tool, or of all together. `Infinity`: nothing bounds it. */
export interface SpanWorst {
  readonly calls: Most;
  readonly value: Most;
}

/** What bounds a tool and what gets through all the same. */
export interface ToolWorst {
  readonly caps: ToolCaps;
  readonly spans: Readonly<Record<SpanName, SpanWorst>>;
}

/**
 * The most calls, and the most of what they spend, that any traffic of one caller gets through, without running anything.
 * It counts calls that the server answers without a failure, and at once. Tools whose calls wait for a person count
 * nothing: none passes unless somebody lets it. `perCaller`: every further grant adds as much again.
 */
export interface WorstCase {
  readonly callers: Callers;
  readonly perCaller: boolean;
  readonly tools: readonly ToolWorst[];
  readonly together: Readonly<Record<SpanName, SpanWorst>>;
  /** False where the numbers are only upper bounds. */
  readonly exact: boolean;
}

/**
 * The worst case of a policy over these tools (see `WorstCase`). Stops after each tool, since a search through arguments
 * can take long.
 */
export function* worstCase(policy: Policy, tools: readonly string[], callers: Callers): Steps<WorstCase> {
  const compiled = compilePolicy(policy);
  const worst: ToolWorst[] = [];
  for (const name of tools) {
    const caps = toolCaps(name, compiled.tool(name), policy.dialect, callers);
    const merged = byWindow([...caps.own, ...caps.shared]);
    worst.push({ caps, spans: eachSpan((lengthMs) => toolSpan(caps, merged, lengthMs)) });
    yield;
  }
  const passing = worst.filter(({ caps }) => isPassing(caps));
  return {
    callers,
    perCaller: policy.dialect === 'policylayer',
    tools: worst,
    together: eachSpan((lengthMs, name) => spanTogether(passing, lengthMs, name)),
    exact: passing.every(({ caps }) => isExact(caps)) && worst.every(({ caps }) => caps.status !== 'unknown'),
  };
}

/** Whether calls of a tool can pass. */
export function isPassing({ status }: ToolCaps): boolean {
  return status === 'open';
}

/** Whether a tool's numbers are reached by some traffic, not only upper bounds. */
export function isExact(caps: ToolCaps): boolean {
  return caps.exact && chainsOf(byWindow([...caps.own, ...caps.shared])).length === 1;
}

function eachSpan<T>(make: (lengthMs: number, name: SpanName) => T): Record<SpanName, T> {
  return { minute: make(SPANS.minute, 'minute'), hour: make(SPANS.hour, 'hour'), day: make(SPANS.day, 'day') };
}

/** Caps by their window; of two for one window the tighter holds. */
export function byWindow(caps: readonly WindowCap[]): CapsByWindow {
  const map = new Map<number, Cap>();
  for (const { windowMs, calls, value } of caps) {
    const before = map.get(windowMs) ?? { calls: Infinity, value: Infinity };
    map.set(windowMs, { calls: Math.min(before.calls, calls), value: Math.min(before.value, value) });
  }
  return map;
}

const NOTHING: Most = { calendar: 0, calendarFromMs: BOUNDARY_MS, sliding: 0, slidingFromMs: BOUNDARY_MS };

function toolSpan(caps: ToolCaps, merged: CapsByWindow, lengthMs: number): SpanWorst {
  if (!isPassing(caps)) return { calls: NOTHING, value: NOTHING };
  const calendar = tightest(merged, caps.callValue, lengthMs, false);
  const sliding = tightest(merged, caps.callValue, lengthMs, true);
  const most = (kind: 'calls' | 'value'): Most => ({
    calendar: calendar[kind][kind],
    calendarFromMs: calendar[kind].fromMs,
    sliding: sliding[kind][kind],
    slidingFromMs: sliding[kind].fromMs,
  });
  return { calls: most('calls'), value: most('value') };
}

/** The least of what each chain of windows lets through: lengths that do not divide each other bound a span apart. */
function tightest(
  caps: CapsByWindow,
  callValue: number,
  lengthMs: number,
  sliding: boolean,
): ReturnType<typeof spanCapacity> {
  const bounds = chainsOf(caps).map((chain) => spanCapacity(chain, callValue, lengthMs, sliding, BOUNDARY_MS));
  return {
    calls: leastOf(bounds.map(({ calls }) => ({ ...calls, size: calls.calls }))),
    value: leastOf(bounds.map(({ value }) => ({ ...value, size: value.value }))),
  };
}

function leastOf<T extends { readonly size: number }>(bounds: readonly T[]): T {
  // INVARIANT: there is always a chain, if one of no windows.
  return bounds.reduce((least, bound) => (bound.size < least.size ? bound : least));
}

/** Caps of minute, hour and day as one chain, any other length as one of its own; at least one chain. */
export function chainsOf(caps: CapsByWindow): readonly CapsByWindow[] {
  const usual: readonly number[] = Object.values(SPANS);
  const odd = [...caps].filter(([windowMs]) => !usual.includes(windowMs));
  const chain = new Map([...caps].filter(([windowMs]) => usual.includes(windowMs)));
  const chains: CapsByWindow[] = odd.map((entry) => new Map([entry]));
  return chain.size > 0 || chains.length === 0 ? [chain, ...chains] : chains;
}

function spanTogether(passing: readonly ToolWorst[], lengthMs: number, name: SpanName): SpanWorst {
  const value = sumOf(passing.map(({ spans }) => spans[name].value));
  const shared = byWindow(passing.flatMap(({ caps }) => caps.shared));
  if (passing.length === 0) return { calls: NOTHING, value };
  const usual: readonly number[] = Object.values(SPANS);
  const caps = passing.map(({ caps: { own } }) => byWindow(own.filter(({ windowMs }) => usual.includes(windowMs))));
  const tools = (kind: 'calendar' | 'sliding'): TogetherTool[] =>
    caps.map((own, index) => ({ own, most: passing[index]?.spans[name].calls[kind] ?? 0 }));
  const calendar = callsTogether(tools('calendar'), shared, { fromMs: BOUNDARY_MS, lengthMs });
  const sliding = mostTogether(tools('sliding'), shared, lengthMs, BOUNDARY_MS);
  const calls: Most = {
    calendar: calendar.calls,
    calendarFromMs: calendar.fromMs,
    sliding: sliding.calls,
    slidingFromMs: sliding.fromMs,
  };
  return { calls, value };
}

function sumOf(parts: readonly Most[]): Most {
  return {
    calendar: parts.reduce((sum, { calendar }) => sum + calendar, 0),
    calendarFromMs: parts[0]?.calendarFromMs ?? BOUNDARY_MS,
    sliding: parts.reduce((sum, { sliding }) => sum + sliding, 0),
    slidingFromMs: parts.find(({ sliding }) => sliding > 0)?.slidingFromMs ?? BOUNDARY_MS,
  };
}
