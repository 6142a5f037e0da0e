import { formatNumber } from '../../engine/number-text.ts';
import { compileTest, type ValueTest } from '../../engine/operators.ts';
import type { JsonValue } from '../../json.ts';
import type { Condition, Dialect } from '../model.ts';

/** Conditions on one path that are put together; further ones are taken to agree. */
export const MOST_CONDITIONS = 40;
/** Values of lists that are tried; longer lists are taken to agree. */
const MOST_VALUES = 200;

/**
 * Whether some value can meet all conditions, which are on one path; true where that is not certain. Candidates are the
 * values named by `eq` and `in`, in every form equal to them; else bounds and kinds must leave room.
 */
export function isSatisfiable(conditions: readonly Condition[], dialect: Dialect): boolean {
  const looked = conditions.slice(0, MOST_CONDITIONS);
  const absent = looked.some(({ op, value }) => op === 'exists' && value === false);
  // why: null alone is both there and absent to `exists`, and equal to the text `<nil>`.
  if (absent && looked.some(needsMore)) return false;
  const named = looked.find(({ op }) => op === 'eq' || op === 'in');
  const tests = looked.map((condition) => compileTest(condition, dialect));
  if (named !== undefined) return canMeet(named, tests);
  const bounds = boundsOf(looked);
  if (bounds === null) return true;
  const isText = looked.some(({ op }) => op === 'regex' || op === 'contains');
  if (isText || bounds.low > bounds.high) return false;
  return bounds.low < bounds.high || tests.every((test) => test(bounds.low));
}

/** Tests that `isSatisfiable` makes at most. */
export function effortOf(conditions: readonly Condition[]): number {
  const named = conditions.find(({ op }) => op === 'eq' || op === 'in')?.value;
  return conditions.length * (Array.isArray(named) ? Math.min(named.length, MOST_VALUES) : 1);
}

/** Holds only for values that are neither missing nor null. */
function needsMore({ op, value }: Condition): boolean {
  return op === 'exists' ? value === true : op === 'regex' || op === 'contains' || isBound(op);
}

function isBound(op: Condition['op']): boolean {
  return op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte';
}

function canMeet({ op, value }: Condition, tests: readonly ValueTest[]): boolean {
  const items: readonly JsonValue[] = op === 'in' && Array.isArray(value) ? value : [value];
  if (items.length > MOST_VALUES) return true;
  return items.some((item) => {
    const forms = formsOf(item);
    return forms === null || forms.some((form) => tests.every((test) => test(form)));
  });
}

/** Values equal to one written in a policy: a number and its text are. Null where lists and objects could be, too. */
function formsOf(item: JsonValue): readonly JsonValue[] | null {
  if (item === null || item === '<nil>') return [null, '<nil>'];
  // why: the dialects print some numbers differently; the tests tell which of the texts is equal to it.
  if (typeof item === 'number')
    return [item, formatNumber(item, 'plain'), formatNumber(item, 'float'), formatNumber(item, 'written')];
  if (typeof item === 'boolean') return [item, String(item)];
  if (typeof item !== 'string' || item.startsWith('[') || item.startsWith('map[')) return null;
  const forms: JsonValue[] = [item];
  if (item.trim() !== '' && Number.isFinite(Number(item))) forms.push(Number(item));
  if (item === 'true' || item === 'false') forms.push(item === 'true');
  return forms;
}

/** Where numbers must lie; the ends count as inside. Null without any condition on size. */
function boundsOf(conditions: readonly Condition[]): { low: number; high: number } | null {
  let [low, high] = [-Infinity, Infinity];
  let [openLow, openHigh] = [false, false];
  for (const { op, value } of conditions) {
    if (typeof value !== 'number') continue;
    if ((op === 'gt' || op === 'gte') && (value > low || (value === low && op === 'gt')))
      [low, openLow] = [value, op === 'gt'];
    if ((op === 'lt' || op === 'lte') && (value < high || (value === high && op === 'lt')))
      [high, openHigh] = [value, op === 'lt'];
  }
  if (low === -Infinity && high === Infinity) return conditions.some(({ op }) => isBound(op)) ? { low, high } : null;
  // why: an open end that meets the other one leaves no room; as bounds that cross it reads the same.
  return low === high && (openLow || openHigh) ? { low: 1, high: 0 } : { low, high };
}
