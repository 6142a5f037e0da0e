import type { JsonObject } from '../json.ts';
import type { Amount, Dialect } from '../policy/model.ts';
import { compileLookUp } from './argument-path.ts';

/** Stands for an amount that cannot be counted. It fits no limit, so a limit that meets it denies. */
export const UNUSABLE = Infinity;

/** What one call takes from a counter: a usable number, or `UNUSABLE`. */
export type AmountOf = (args: JsonObject) => number;

const INT64_BOUND = 2 ** 63;

/**
 * Reads what a call takes (docs: policy.md#amounts). `policylayer`: a number of at least 0, fractions as they
 * are. `intercept`: truncated toward zero, negatives count, within 64 bits. Anything else is `UNUSABLE`. Never throws.
 */
export function compileAmount(amount: Amount, dialect: Dialect): AmountOf {
  const usable = dialect === 'intercept' ? asInteger : asQuantity;
  if (amount.kind === 'static') {
    const value = usable(amount.value);
    return () => value;
  }
  const find = compileLookUp(amount.segments);
  return (args) => usable(find(args));
}

function asQuantity(found: unknown): number {
  return typeof found === 'number' && found >= 0 ? found : UNUSABLE;
}

function asInteger(found: unknown): number {
  if (typeof found !== 'number') return UNUSABLE;
  const whole = Math.trunc(found);
  return whole >= -INT64_BOUND && whole < INT64_BOUND ? whole : UNUSABLE;
}
