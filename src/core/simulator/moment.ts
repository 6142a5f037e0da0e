import { canonicalJson } from '../engine/canonical-json.ts';
import { CallList, lowerBound } from './call-list.ts';
import { OUTCOME_CODE } from './columns.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** What is asked about the virtual clock: a moment, or where to go from one. Calls count from 0. */
export type MomentQuestion =
  | { readonly to: 'moment'; readonly atMs: number }
  | { readonly to: 'denial'; readonly afterCall: number }
  /** `leadMs`: stop that long before the boundary. */
  | { readonly to: 'boundary'; readonly afterMs: number; readonly leadMs: number };

/**
 * A moment of a run. `call`: the last one made by then, -1 for none; those from `firstCall` on share its millisecond.
 * `pending`: requests for approval that nobody has answered.
 */
export interface Moment {
  readonly atMs: number;
  readonly call: number;
  readonly firstCall: number;
  readonly pending: number;
}

/** Calls of a run by what they came to: refused ones, and those that made a request for approval. */
export interface Marked {
  readonly denied: Uint32Array;
  readonly requests: Uint32Array;
}

/** Finds the calls that moments are about. */
export function markedPass(run: Run): Pass<Marked> {
  const denied = new CallList();
  const requests = new CallList();
  const makesRequest = requestsOf(run);
  const { outcome } = run.columns;
  return {
    add(from, to) {
      for (let i = from; i < to; i++) {
        if (outcome[i] === OUTCOME_CODE.approval) {
          if (makesRequest(i)) requests.push(i);
        } else if (outcome[i] !== OUTCOME_CODE.allow) denied.push(i);
      }
    },
    finish: () => ({ denied: denied.toArray(), requests: requests.toArray() }),
  };
}

/**
 * Whether a call that was answered `approval` made the request, or found one open (docs: policy.md#approvals). Asked in
 * the order of the calls.
 */
function requestsOf({ columns, table, plan }: Run): (call: number) => boolean {
  const { mode, afterMs } = plan.approvals;
  const sinceMs = new Map<string, number>();
  return (call) => {
    const { grant } = entry(table.callers, entry(columns.caller, call));
    const tool = entry(table.tools, entry(columns.tool, call));
    const request = `${JSON.stringify([grant, tool])} ${canonicalJson(table.argsAt(entry(columns.args, call)))}`;
    const atMs = entry(columns.atMs, call);
    const since = sinceMs.get(request);
    if (since !== undefined && (mode === 'ignore' || atMs < since + afterMs)) return false;
    sinceMs.set(request, atMs);
    return true;
  };
}

/** The moment `atMs` of a run; `call` says which one is stood on where several share the millisecond. */
export function momentAt(run: Run, { requests }: Marked, atMs: number, call?: number): Moment {
  const { columns, plan } = run;
  const made = call === undefined ? lowerBound(columns.atMs, columns.count, Math.floor(atMs) + 1) : call + 1;
  const { mode, afterMs } = plan.approvals;
  const asked = lowerBound(requests, requests.length, made);
  const firstOpen = mode === 'ignore' ? 0 : lowerBound(columns.atMs, columns.count, atMs - afterMs + 0.001);
  const pending = asked - Math.min(asked, lowerBound(requests, requests.length, firstOpen));
  const firstCall = made === 0 ? -1 : lowerBound(columns.atMs, made, columns.atMs[made - 1] ?? 0);
  return { atMs, call: call ?? made - 1, firstCall, pending };
}

/**
 * Where the clock goes: null when no such moment lies in the run. `windows`: lengths in ms of the windows in use that
 * follow the calendar. A boundary after the last call is none.
 */
export function seekMoment(
  run: Run,
  marked: Marked,
  windows: readonly number[],
  question: MomentQuestion,
): Moment | null {
  const { atMs, count } = run.columns;
  if (question.to === 'moment') return momentAt(run, marked, question.atMs);
  if (question.to === 'denial') {
    const call = marked.denied[lowerBound(marked.denied, marked.denied.length, question.afterCall + 1)];
    return call === undefined ? null : momentAt(run, marked, atMs[call] ?? 0, call);
  }
  const { afterMs, leadMs } = question;
  const next = windows.map((windowMs) => (Math.floor((afterMs + leadMs) / windowMs) + 1) * windowMs);
  const boundary = Math.min(...next);
  if (boundary > (atMs[count - 1] ?? -Infinity)) return null;
  return momentAt(run, marked, boundary - leadMs);
}
