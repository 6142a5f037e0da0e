import type { ConditionReading, DecisionStep, Explanation, HeldAmount } from '../../../workers/engine-api.ts';
import type { CounterReading } from '../../core/engine/decision.ts';
import { amountText, clockText, dateText, durationText, sameDay } from '../timeline/utc-text.ts';

/** `args.validitySeconds gt 900`; values as JSON. */
export function conditionText({ path, op, value }: ConditionReading): string {
  return `${path} ${op} ${JSON.stringify(value)}`;
}

/** What a condition found: the value as JSON, or `missing`. */
export function sawText({ saw }: ConditionReading): string {
  return saw.kind === 'missing' ? 'missing' : JSON.stringify(saw.value);
}

type Rule = DecisionStep['rules'][number];

/** What follows from a rule: `False, so the call passes.`, `All hold, so the call is denied.` */
export function ruleVerdict(step: DecisionStep['name'], rule: Rule): string {
  const denies = step === 'deny_if' ? rule.holds : !rule.holds;
  const so = denies ? 'so the call is denied.' : 'so the call passes.';
  if (rule.conditions.length === 0) return `No conditions, ${so}`;
  if (rule.conditions.length === 1) return `${rule.holds ? 'True' : 'False'}, ${so}`;
  return `${rule.holds ? 'All hold' : 'Not all hold'}, ${so}`;
}

/** `23:59:00.000 to 00:00:00.000`, with dates for windows longer than a day's rest; a sliding window has only a length. */
export function windowText({ windowStartMs, windowEndMs, windowMs }: CounterReading): string {
  if (windowEndMs === null) return `the last ${durationText(windowMs)}, sliding`;
  const short = windowMs <= 3_600_000;
  const date = (ms: number): string => (short ? '' : `${dateText(ms, false)} `);
  return `${date(windowStartMs)}${clockText(windowStartMs)} to ${date(windowEndMs)}${clockText(windowEndMs)}`;
}

/** When the same call could be tried again: time, date when it is another day's, and how long that is. */
export function retryText(atMs: number, retryAtMs: number | null): { readonly at: string; readonly in: string } {
  if (retryAtMs === null) return { at: 'Never', in: 'this amount does not fit' };
  const day = sameDay(atMs, retryAtMs) ? '' : `${dateText(retryAtMs, false)} `;
  return { at: `${day}${clockText(retryAtMs)}`, in: `in ${durationText(retryAtMs - atMs)}` };
}

const STATUS_WORDS = {
  ok: 'answered',
  tool_error: 'answered with a tool error',
  rpc_error: 'answered with a JSON-RPC error',
  timeout: 'did not answer',
} as const;

/** What the server did with the call: `answered after 20 ms`, or that it never saw it. */
export function upstreamText({ upstream }: Pick<Explanation, 'upstream'>): string {
  if (upstream === null) return 'not reached';
  const when = upstream.latencyMs === 0 ? 'at once' : `after ${durationText(upstream.latencyMs)}`;
  return `${STATUS_WORDS[upstream.status]} ${when}`;
}

/** True when the call was answered with a ticket: an allowed `issue_audit_ticket` whose answer says success. */
export function hasTicket({
  tool,
  outcome,
  upstream,
  agentMessage,
}: Pick<Explanation, 'tool' | 'outcome' | 'upstream' | 'agentMessage'>): boolean {
  if (tool !== 'issue_audit_ticket' || outcome !== 'allow' || upstream?.status !== 'ok') return false;
  return !JSON.stringify(agentMessage).includes('"success":false');
}

/** How long a limit held an amount: `4 for 20 s, until 12:01:10.000`; null when the answer came at once. */
export function heldText({ amount, fromMs, untilMs }: HeldAmount): string | null {
  if (untilMs === fromMs) return null;
  const day = sameDay(fromMs, untilMs) ? '' : `${dateText(untilMs, false)} `;
  return `${amountText(amount)} for ${durationText(untilMs - fromMs)}, until ${day}${clockText(untilMs)}`;
}

/** What became of an amount once the answer was there. */
export function fateText(
  { fate, returned, usedAfter }: HeldAmount,
  { upstream }: Pick<Explanation, 'upstream'>,
): string {
  const rest = amountText(usedAfter ?? 0);
  switch (fate) {
    case 'kept':
      return upstream?.status === 'ok' ? 'Kept: the server answered' : 'Kept: only a JSON-RPC error gives it back';
    case 'returned':
      return `${amountText(returned)} given back to the window it was taken from, ${rest} used then`;
    case 'lost':
      return 'Not given back: the window it was taken from was over';
    case 'moved':
      return returned === 0
        ? 'Its window was over and the counter held nothing, so nothing changed'
        : `Its window was over, so ${amountText(returned)} was subtracted from the present one, ${rest} used then`;
  }
}

/** The gallery entry that shows what a late answer does, for amounts that met one; else null. */
export function lateExample({ fate }: HeldAmount): string | null {
  return { kept: null, returned: null, lost: 'late-answers', moved: 'late-answers-intercept' }[fate];
}
