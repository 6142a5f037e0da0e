import type { Amount, Approval, Dialect, Limit, Rule } from '../policy/model.ts';
import type { CounterReading } from './decision.ts';
import { quoteGo } from './quote.ts';
import { formatWindow } from './window.ts';

/** The last time a date can name. */
const LAST_MS = 8.64e15;

/** What settled a call that is not allowed, with what a message about it needs. */
export type Verdict =
  | { readonly kind: 'no-policy' | 'hidden' | 'default' | 'refused-approval' }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | {
      readonly kind: 'limit';
      readonly limit: Limit;
      readonly reading: CounterReading;
      readonly resetsAtMs: number | null;
    }
  | { readonly kind: 'approval'; readonly approval: Approval };

/**
 * What the agent is told (docs: policy.md#what-a-decision-says): the policy's own text where it has one, else one of
 * ours that names the tool and, for a limit, its max, its window and when it resets. `intercept`: Intercept's texts.
 */
export function formatMessage(dialect: Dialect, tool: string, grant: string, verdict: Verdict): string {
  return dialect === 'intercept' ? interceptMessage(tool, verdict) : nativeMessage(tool, grant, verdict);
}

function interceptMessage(tool: string, verdict: Verdict): string {
  switch (verdict.kind) {
    case 'hidden':
      return `Tool ${quoteGo(tool)} is hidden by policy`;
    case 'rule':
      return verdict.rule.onDeny ?? `Denied by rule ${quoteGo(verdict.rule.rule)}`;
    case 'limit':
      if (verdict.reading.amount === null || isBeyond64Bits(verdict.limit)) return 'Internal policy error';
      return verdict.limit.onDeny ?? `Rate limit exceeded for ${verdict.limit.rule}`;
    default:
      return `Tool ${quoteGo(tool)} is not permitted by policy`;
  }
}

function isBeyond64Bits({ max, exactMax }: Limit): boolean {
  if (exactMax !== undefined) return exactMax !== BigInt.asIntN(64, exactMax);
  return !(max >= -(2 ** 63) && max < 2 ** 63);
}

function nativeMessage(tool: string, grant: string, verdict: Verdict): string {
  switch (verdict.kind) {
    case 'no-policy':
      return `${tool}: grant ${grant} has no policy.`;
    case 'hidden':
      return `${tool}: hidden by the policy.`;
    case 'default':
      return `${tool}: not listed, and the default is deny.`;
    case 'rule':
      return verdict.rule.onDeny ?? `${tool}: denied by ${verdict.rule.rule}.`;
    case 'limit':
      return verdict.limit.onDeny ?? limitMessage(tool, verdict.limit, verdict.reading, verdict.resetsAtMs);
    case 'approval':
      return verdict.approval.reason ?? `${tool}: a person has to approve this call first.`;
    case 'refused-approval':
      return `${tool}: a person refused this call.`;
  }
}

function limitMessage(tool: string, limit: Limit, reading: CounterReading, resetsAtMs: number | null): string {
  const { max, windowMs } = limit;
  const name = `limit of ${max}${unitOf(limit.amount, max)} per ${formatWindow(windowMs)}`;
  const resets = resetsAtMs === null || resetsAtMs > LAST_MS ? '' : ` Resets at ${new Date(resetsAtMs).toISOString()}.`;
  if (reading.amount === null) return `${tool}: no amount to count, ${name} not applied.${resets}`;
  if (reading.amount > max) return `${tool}: ${reading.amount} is above the ${name}.${resets}`;
  return `${tool}: ${name} reached.${resets}`;
}

/** What a limit counts, after its max. */
function unitOf(amount: Amount, max: number): string {
  if (amount.kind === 'argument') return ` of ${amount.path}`;
  if (amount.value !== 1) return '';
  return max === 1 ? ' call' : ' calls';
}
