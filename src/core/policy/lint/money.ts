import type { Limit, Rule, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import type { Lint, Subject } from './subject.ts';

/** Arguments that hold money, and counters that are named after it: whole words between `_`, `-`, `.` or capitals. */
const AMOUNTS = new Set(['amount', 'value', 'price', 'total', 'cost']);
const MONEY =
  /(?:^|[_\-. ])(?:amounts?|values?|spend|spent|spending|budget|money|costs?|prices?|funds|usd|eur|dollars?|euros?)(?:$|[_\-. ])/i;

/**
 * Limits on money: those that count calls though their counter is named after an amount the tool takes, and those that
 * add up an argument that may be negative.
 */
export const lintMoney: Lint = (subject) => {
  for (const tool of subject.policy.tools.values()) {
    for (const limit of tool.limits) {
      if (!limit.counts) continue;
      if (limit.amount.kind === 'static') lintUncounted(subject, tool, limit);
      else lintFloor(subject, tool, limit, limit.amount);
    }
  }
};

function lintUncounted(subject: Subject, { name }: ToolPolicy, limit: Limit): void {
  const { page, tools } = subject;
  const field = tools?.get(name)?.fields.find((each) => each.type === 'number' && AMOUNTS.has(each.name));
  if (field === undefined || !MONEY.test(limit.counter.replace(/([a-z])([A-Z])/g, '$1_$2'))) return;
  const path = `args.${field.name}`;
  const place = page.part(limit.pointer, 'counter');
  const message = `${quoted(limit.counter)} counts calls, not money; add \`increment_from\` with ${quoted(path)}`;
  const fixes = page.fix(`Add up ${quoted(path)}`, { kind: 'add-up', limit, path });
  subject.add(
    'spend-uncounted',
    { pointer: place, range: page.value(place) ?? page.whole(limit.pointer) },
    message,
    ...fixes,
  );
}

function lintFloor(
  subject: Subject,
  tool: ToolPolicy,
  { pointer, counter }: Limit,
  { path, segments }: { path: string; segments: readonly string[] },
): void {
  const { page, policy } = subject;
  const field = subject.fieldOf(tool.name, segments);
  const isNumber = segments.length === 1 && field?.type === 'number';
  if (!isNumber || tool.rules.some((rule) => isFloor(rule, path))) return;
  const place = page.part(pointer, 'counter');
  const at = { pointer, range: page.value(place) ?? page.whole(pointer) };
  const fixes = page.fix('Require it to be above 0', {
    kind: 'require',
    tool,
    conditions: [{ path, op: 'gt', value: 0 }],
  });
  const isNative = policy.dialect === 'policylayer';
  const message = isNative
    ? `${quoted(path)} may be negative, and only this limit denies that; say it in a rule of its own`
    : `a negative ${quoted(path)} lowers ${quoted(counter)} and makes room again; require it to be above 0`;
  subject.add(isNative ? 'negative-denied' : 'negative-counted', at, message, ...fixes);
}

/** Whether a rule denies negative amounts. */
function isFloor({ kind, conditions }: Rule, path: string): boolean {
  if (kind === 'deny_if' && conditions.length !== 1) return conditions.length === 0;
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  return conditions.some(({ path: other, op, value }) => {
    if (other !== path) return false;
    if (kind === 'deny_if')
      return (op === 'lt' && isNumber(value) && value >= 0) || (op === 'lte' && isNumber(value) && value >= 0);
    if (op === 'gt' || op === 'gte') return isNumber(value) && value >= 0;
    const values = op === 'eq' ? [value] : op === 'in' && Array.isArray(value) ? value : null;
    return values?.every((each) => isNumber(each) && each >= 0) ?? false;
  });
}
