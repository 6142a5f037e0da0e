import type { CounterReading, Decision, UpstreamStatus, WindowMode } from '../engine/decision.ts';
import { formatWindow } from '../engine/window.ts';
import type { Rule } from '../policy/model.ts';
import type { Decider } from './run.ts';

/** What a headline is about. `rule` is the rule that decided, where one did. */
export interface HeadlineFacts {
  readonly kind: Decider['kind'];
  readonly decision: Decision;
  readonly rule: Rule | null;
  readonly windows: WindowMode;
  readonly status: UpstreamStatus | null;
}

/** The decision in a few words: `The limit for this minute is used up`. */
export function formatHeadline({ kind, decision, rule, windows, status }: HeadlineFacts): string {
  switch (kind) {
    case 'allowed':
      return allowedHeadline(status);
    case 'no-policy':
      return 'This grant has no policy';
    case 'hidden':
      return 'This tool is hidden';
    case 'default':
      return 'This tool is not listed, and the default is deny';
    case 'rule':
      return ruleHeadline(rule);
    case 'limit':
      return limitHeadline(decision.counters.at(-1), windows);
    case 'approval':
      return 'A person has to approve this call';
    case 'refused-approval':
      return 'A person refused this call';
  }
}

function allowedHeadline(status: UpstreamStatus | null): string {
  switch (status) {
    case 'tool_error':
    case 'rpc_error':
      return 'Allowed, and the server answered with an error';
    case 'timeout':
      return 'Allowed, but no answer came';
    default:
      return 'Allowed, and the server answered';
  }
}

function ruleHeadline(rule: Rule | null): string {
  if (rule === null || rule.kind === 'require') return 'A required condition does not hold';
  return rule.conditions.length === 0 ? 'This tool is always denied' : 'A deny_if rule applies to this call';
}

function limitHeadline(reading: CounterReading | undefined, windows: WindowMode): string {
  if (reading === undefined || reading.amount === null) return 'The limit finds no amount to count';
  if (reading.max <= 0) return 'The limit lets nothing pass';
  if (reading.amount > reading.max) return 'This call alone is more than the limit';
  const span = formatWindow(reading.windowMs);
  const plural = /^\d/.test(span);
  const window = windows === 'sliding' ? `the last ${span}` : plural ? `these ${span}` : `this ${span}`;
  return reading.usedBefore >= reading.max
    ? `The limit for ${window} is used up`
    : `Too little is left of the limit for ${window}`;
}
