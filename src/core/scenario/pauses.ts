import type { Agent, Step } from './model.ts';
import { callsOf } from './program.ts';

/** A step that keeps an agent from calling. */
export type Pause = 'wait' | 'wait until';

/** Where an agent pauses. Pauses before its first call and after its last have no call on both sides. */
interface Pauses {
  readonly calls: number;
  readonly lead: Pause | null;
  readonly tail: Pause | null;
  /** Inner parts by the number of their first call, ascending; the pause that comes before each. */
  readonly parts: readonly { readonly from: number; readonly before: Pause | null; readonly repeat: Pauses | null }[];
}

function pausesOf(steps: readonly Step[]): Pauses {
  const parts: { from: number; before: Pause | null; repeat: Pauses | null }[] = [];
  let calls = 0;
  let open: Pause | null = null;
  for (const step of steps) {
    const repeat: Pauses | null = 'repeat' in step ? pausesOf(step.steps) : null;
    if ('wait' in step) open = 'wait';
    else if ('waitUntil' in step) open = 'wait until';
    const made = callsOf(step);
    if (made === 0) {
      open = repeat?.tail ?? open;
      continue;
    }
    parts.push({ from: calls, before: open ?? repeat?.lead ?? null, repeat });
    calls += made;
    open = repeat?.tail ?? null;
  }
  return { calls, lead: parts[0]?.before ?? open, tail: open, parts };
}

function pauseBefore(pauses: Pauses, n: number): Pause | null {
  let low = 0;
  let high = pauses.parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pauses.parts[middle]?.from ?? 0) <= n) low = middle;
    else high = middle - 1;
  }
  const part = pauses.parts[low];
  if (part === undefined) return null;
  const inside = n - part.from;
  if (inside === 0) return part.before;
  const { repeat } = part;
  if (repeat === null) return null;
  const ofRound = inside % repeat.calls;
  return ofRound === 0 ? (repeat.tail ?? repeat.lead) : pauseBefore(repeat, ofRound);
}

/** Tells the pause that an agent's steps ask for between planned call `n - 1` and `n`, counted from 0; null for none. */
export function pauseReader(agent: Agent): (n: number) => Pause | null {
  const pauses = pausesOf(agent.steps);
  return (n) => (n <= 0 || n >= pauses.calls ? null : pauseBefore(pauses, n));
}
