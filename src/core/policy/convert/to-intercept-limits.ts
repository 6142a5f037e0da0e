import type { Limit, ToolPolicy } from '../model.ts';
import type { Window } from '../policylayer/vocabulary.ts';
import { grouped, perWindow, quoted } from '../wording.ts';
import { countCalls } from './fraction-steps.ts';
import type { YamlCondition, YamlRule, YamlState } from './intercept-document.ts';
import type { NoteBook } from './notes.ts';
import { windowName } from './policylayer-document.ts';
import { tighterLimit } from './tighter-window.ts';
import { nameOf } from './to-intercept-rules.ts';

/** Whose limits are converted. `scope` is the name Intercept keeps their counters under. */
export interface LimitOwner {
  readonly part: ToolPolicy;
  readonly scope: string;
}

/** The limits of a tool, or of `all_tools`, as Intercept rules that compare a counter of their own. */
export function convertLimits({ part, scope }: LimitOwner, notes: NoteBook): readonly YamlRule[] {
  return part.limits.map((limit, index) => {
    const name = nameOf(limit.rule, part);
    const { onDeny, pointer } = limit;
    if (scope.includes('.')) {
      const message = `denies every call of ${quoted(scope)} in place of the limit on ${quoted(limit.counter)}`;
      notes.add('dotted-tool', pointer, message);
      return { name, conditions: [], onDeny, state: null, from: pointer };
    }
    const earlier = part.limits.slice(0, index);
    return { name, onDeny, from: pointer, ...counting(limit, scope, earlier, notes) };
  });
}

function counting(
  limit: Limit,
  scope: string,
  earlier: readonly Limit[],
  notes: NoteBook,
): Pick<YamlRule, 'conditions' | 'state'> {
  const { window, max: written } = windowOf(limit, notes);
  const { max, increment } = stepOf(limit, written, notes);
  const { counter, amount } = limit;
  const path = amount.kind === 'argument' ? amount.path : '';
  const conditions: YamlCondition[] = [{ path: `state.${scope}.${counter}`, op: 'lte', value: BigInt(max) }];
  if (path !== '') {
    // why: Intercept lets negative amounts lower a counter, and has one message for all it cannot count.
    conditions.push({ path, op: 'gte', value: 0n }, { path, op: 'lte', value: BigInt(max) });
    noteAmount(limit, path, earlier, notes);
  }
  if (path !== '' || increment <= max) noteCounting(limit, notes);
  const state: YamlState = { counter, window, increment: BigInt(increment), incrementFrom: path };
  return { conditions, state };
}

function windowOf({ windowMs, max, pointer }: Limit, notes: NoteBook): { window: Window; max: number } {
  const window = windowName(windowMs);
  if (window !== undefined) return { window, max };
  const tighter = tighterLimit(max, windowMs / 1000);
  const message = `${grouped(max)} ${perWindow(windowMs)} is written as ${grouped(tighter.max)} a ${tighter.window}, which never lets more through`;
  notes.add('window-length', pointer, message);
  return tighter;
}

/** The increment in whole numbers, with the max that lets as many calls through. */
function stepOf({ amount, pointer }: Limit, max: number, notes: NoteBook): { max: number; increment: number } {
  if (amount.kind === 'argument') return { max, increment: 1 };
  if (Number.isSafeInteger(amount.value)) return { max, increment: amount.value };
  const { calls, isExact } = countCalls(max, amount.value);
  if (!isExact) {
    const message = `counts ${grouped(calls)} calls in place of ${grouped(max)} in steps of ${grouped(amount.value)}`;
    notes.add('fraction-sums', pointer, message);
  }
  return { max: calls, increment: 1 };
}

function noteAmount(limit: Limit, path: string, earlier: readonly Limit[], notes: NoteBook): void {
  const { pointer, onDeny } = limit;
  notes.add('amounts', pointer, `counts ${quoted(path)} without its fraction: 0.9 counts as 0`);
  if (earlier.every((before) => before.onDeny === onDeny)) return;
  const message = `refuses amounts in ${quoted(path)} that cannot fit before earlier limits of the tool are looked at`;
  notes.add('check-order', pointer, message);
}

function noteCounting({ pointer, scope, counter }: Limit, notes: NoteBook): void {
  const whose = scope === 'session' ? 'session' : 'grant';
  notes.add(
    'counter-scope',
    pointer,
    `${quoted(counter)} is one counter for all callers, no longer one for each ${whose}`,
  );
  const message = `${quoted(counter)} gives back after a JSON-RPC error only; tool errors and timeouts stay counted`;
  notes.add('roll-back', pointer, message);
}
