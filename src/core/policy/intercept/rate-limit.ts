import type { RawRule } from './config.ts';
import { quoted } from '../wording.ts';

/** Windows Intercept knows, with their lengths. */
export const WINDOW_MS: ReadonlyMap<string, number> = new Map([
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]);

const MAX_COUNT = 2n ** 63n - 1n;

/** `count` calls in a `window`. */
export interface RateLimit {
  readonly count: number;
  readonly window: string;
}

/** Reads `N/window`; a refusal comes back as what to do about it. */
export function parseRateLimit(text: string): { ok: true; limit: RateLimit } | { ok: false; reason: string } {
  const slash = text.indexOf('/');
  if (slash < 0) return { ok: false, reason: `write ${quoted(text)} as \`N/window\`, such as \`5/hour\`` };
  const digits = text.slice(0, slash);
  const window = text.slice(slash + 1);
  const count = /^[+-]?[0-9]+$/.test(digits) ? BigInt(digits.replace(/^\+/, '')) : 0n;
  if (count <= 0n || count > MAX_COUNT)
    return { ok: false, reason: `make ${quoted(digits)} a whole number of at least 1` };
  if (!WINDOW_MS.has(window))
    return { ok: false, reason: `make ${quoted(window)} one of \`minute\`, \`hour\`, \`day\`` };
  return { ok: true, limit: { count: Number(count), window } };
}

/** The counter scope a tool's own state lives under. */
export function stateScope(tool: string): string {
  return tool === '*' ? '_global' : tool;
}

/**
 * Fills in what Intercept fills in: the action `evaluate`, an increment of 1, and the long form of `rate_limit` where it
 * stands alone. A shorthand that does not is left as it is, for validation to refuse.
 */
export function withDefaults(rule: RawRule, tool: string): RawRule {
  const long = longForm(rule, tool);
  const state = long.state && { ...long.state, increment: long.state.increment === 0n ? 1n : long.state.increment };
  return { ...long, action: long.action === '' ? 'evaluate' : long.action, state };
}

function longForm(rule: RawRule, tool: string): RawRule {
  if (rule.rateLimit === '' || rule.conditions.length > 0 || rule.state !== null || rule.action === 'deny') return rule;
  const parsed = parseRateLimit(rule.rateLimit);
  if (!parsed.ok) return rule;
  const { count, window } = parsed.limit;
  const counter = `_rate_${window}`;
  const value = { kind: 'scalar', range: rule.range, text: String(count), value: count } as const;
  return {
    ...rule,
    action: 'evaluate',
    rateLimit: '',
    conditions: [
      {
        at: `${rule.at}.rate_limit`,
        range: rule.range,
        path: `state.${stateScope(tool)}.${counter}`,
        op: 'lte',
        value,
      },
    ],
    state: { range: rule.range, counter, window, increment: 1n, incrementFrom: '' },
    onDeny: rule.onDeny === '' ? `Rate limit of ${String(count)} per ${window} reached. Try again later.` : rule.onDeny,
  };
}
