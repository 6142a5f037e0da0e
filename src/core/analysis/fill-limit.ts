import { resolveArgument } from '../engine/argument-path.ts';
import type { CompiledTool } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { Limit } from '../policy/model.ts';
import type { Step } from '../scenario/model.ts';

/** Most calls of a scenario that makes a limit deny. */
const MOST_TO_FILL = 100_000;
/** Most moments at which calls are sent to fill one limit. */
const MOST_MOMENTS = 1_500;

/** A call that all rules on arguments let pass, and what decides it. */
export interface Filler {
  readonly name: string;
  readonly args: JsonObject;
  readonly tool: CompiledTool;
}

interface Counter {
  used: number;
  window: number;
}

/** Counts calls of one caller that has called nothing yet, in calendar windows, as limits would. */
class Tally {
  readonly #counters = new Map<string, Counter>();

  /** Calls of a filler that still fit all its limits at a time; `Infinity` where none bounds them. */
  room(filler: Filler, atMs: number): number {
    return Math.min(Infinity, ...filler.tool.limits.map(({ limit }) => this.roomIn(limit, filler, atMs)));
  }

  /** Calls of a filler that still fit one limit. */
  roomIn(limit: Limit, filler: Filler, atMs: number): number {
    const each = amountOf(limit, filler);
    if (each === null) return 0;
    const left = limit.max - this.#at(limit, atMs).used;
    return each <= 0 ? (left < 0 ? 0 : Infinity) : Math.max(0, Math.floor(left / each));
  }

  take(filler: Filler, calls: number, atMs: number): void {
    for (const { limit } of filler.tool.limits) {
      if (limit.counts) this.#at(limit, atMs).used += calls * (amountOf(limit, filler) ?? 0);
    }
  }

  #at({ counterKey, windowMs }: Limit, atMs: number): Counter {
    const window = Math.floor(atMs / windowMs);
    const known = this.#counters.get(counterKey);
    if (known?.window === window) return known;
    const fresh = { used: 0, window };
    this.#counters.set(counterKey, fresh);
    return fresh;
  }
}

/** What one call of a filler takes from a limit; null where it cannot be used. */
function amountOf({ amount }: Limit, { args }: Filler): number | null {
  if (amount.kind === 'static') return amount.value;
  const found = resolveArgument(args, amount.segments);
  return found.found && typeof found.value === 'number' && found.value >= 0 ? found.value : null;
}

/**
 * Steps of a new caller after which `probe` is denied by `limit` and by nothing before it: calls of `fillers` that fill
 * it, paced so that tighter limits let them pass, then one call of the probe. `fromMs`: start of a window of the limit.
 * Null when it cannot be filled within that window, or takes too many calls.
 */
export function fillLimit(limit: Limit, probe: Filler, fillers: readonly Filler[], fromMs: number): Step[] | null {
  const tally = new Tally();
  const steps: Step[] = [];
  const until = (atMs: number): Step => ({ waitUntil: new Date(atMs).toISOString() });
  let calls = 0;
  for (let atMs = fromMs, moments = 0; atMs < fromMs + limit.windowMs && moments < MOST_MOMENTS; moments++) {
    const sent: Step[] = [];
    for (const filler of fillers) {
      const room = Math.min(tally.room(filler, atMs), MOST_TO_FILL);
      if (room === 0 || tally.roomIn(limit, probe, atMs) === 0) continue;
      tally.take(filler, room, atMs);
      sent.push(...callsOf(filler, room));
      calls += room;
    }
    const isFull = tally.roomIn(limit, probe, atMs) === 0;
    const isFirst = isFull && limitsBefore(limit, probe).every((one) => tally.roomIn(one, probe, atMs) > 0);
    if (isFirst) sent.push({ call: probe.name, args: probe.args });
    if (sent.length > 0) steps.push(until(atMs), ...sent);
    if (isFirst) return steps;
    if (calls > MOST_TO_FILL) return null;
    atMs = nextWindow(isFull ? [probe] : fillers, atMs);
  }
  return null;
}

function limitsBefore(limit: Limit, { tool }: Filler): readonly Limit[] {
  const all = tool.limits.map((one) => one.limit);
  return all.slice(0, all.indexOf(limit));
}

/** Passing calls of a filler; where a person is asked, every second of equal calls passes. */
function callsOf({ name, args, tool }: Filler, passing: number): Step[] {
  const times = tool.approval === null ? passing : 2 * passing;
  return [{ call: name, args, ...(times > 1 ? { times } : {}) }];
}

/** The next time at which a window of any of their limits starts. */
function nextWindow(fillers: readonly Filler[], atMs: number): number {
  const lengths = fillers.flatMap(({ tool }) => tool.limits.map(({ limit }) => limit.windowMs));
  return Math.min(...lengths.map((windowMs) => (Math.floor(atMs / windowMs) + 1) * windowMs));
}
