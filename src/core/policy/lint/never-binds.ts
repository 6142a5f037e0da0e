import type { Limit, Policy, Scope, ToolPolicy } from '../model.ts';
import { grouped, perWindow, quoted } from '../wording.ts';
import { partsOf, type Lint, type Subject } from './subject.ts';

/**
 * Limits that deny nothing which another limit on the same calls lets through: it is full before they are, or at the
 * same call. Compared are
 * limits that count the same thing; the other's counter must see at least the calls that this one sees.
 */
export const lintNeverBinds: Lint = (subject) => {
  const { policy } = subject;
  for (const part of partsOf(policy)) {
    const shared = part === policy.everyTool || part.name === '*' ? [] : (policy.everyTool?.limits ?? []);
    lintPart(subject, part, [...part.limits, ...shared]);
  }
};

function lintPart(subject: Subject, { limits }: ToolPolicy, others: readonly Limit[]): void {
  const idle = new Set<Limit>();
  // why: of two that are equally tight the later one is idle, so the last is looked at first.
  for (const limit of limits.toReversed()) {
    const candidates = others.filter((other) => other !== limit && !idle.has(other));
    if (!subject.mayCompare(candidates.length)) return;
    const tighter = candidates.find((other) => most(other, limit, subject.policy) !== null);
    if (tighter === undefined) continue;
    idle.add(limit);
    warn(subject, limit, tighter);
  }
}

const FINENESS: Readonly<Record<Scope, number>> = { everyone: 0, grant: 1, session: 2 };

/**
 * The most that `loose` ever holds while `tight` is kept, where that is no more than its max; else null. That is windows ×
 * what fits in each.
 */
function most(tight: Limit, loose: Limit, { dialect }: Policy): bigint | null {
  if (!tight.counts || !loose.counts || tight.counterKey === loose.counterKey) return null;
  if (FINENESS[loose.scope] < FINENESS[tight.scope] || tight.max <= 0 || loose.max <= 0) return null;
  // why: Intercept gives failed calls back to whatever window is open, so only equal windows stay in step.
  if (dialect === 'intercept' && tight.windowMs !== loose.windowMs) return null;
  if (!Number.isSafeInteger(tight.max) || !Number.isSafeInteger(loose.max)) return null;
  const windows = windowsWithin(loose.windowMs, tight.windowMs);
  const [a, b] = [tight.amount, loose.amount];
  const within = (held: bigint): bigint | null => (held <= BigInt(loose.max) ? held : null);
  if (a.kind === 'argument' || b.kind === 'argument') {
    if (dialect === 'intercept' || a.kind !== b.kind || a.kind === 'static' || b.kind === 'static') return null;
    return a.path === b.path ? within(windows * BigInt(tight.max)) : null;
  }
  if (a.value === b.value && windows === 1n) return within(BigInt(tight.max));
  // why: sums of fractions are rounded, so what fits is only known exactly for whole numbers.
  if (!Number.isSafeInteger(a.value) || !Number.isSafeInteger(b.value) || a.value <= 0 || b.value <= 0) return null;
  return within(windows * (BigInt(tight.max) / BigInt(a.value)) * BigInt(b.value));
}

/** Most windows of length `inner` that a window of length `outer` meets; both begin at multiples of their length. */
function windowsWithin(outer: number, inner: number): bigint {
  if (inner % outer === 0) return 1n;
  const whole = Math.ceil(outer / inner);
  return BigInt(outer % inner === 0 ? whole : whole + 1);
}

function warn(subject: Subject, limit: Limit, tighter: Limit): void {
  const { counter, pointer } = limit;
  const { page, policy } = subject;
  const place = page.part(pointer, 'max');
  const at = { pointer: place, range: page.value(place) ?? page.whole(pointer) };
  const allowed = `${quoted(tighter.counter)} lets ${grouped(tighter.max)} ${perWindow(tighter.windowMs)} through`;
  const isEqual = most(tighter, limit, policy) === BigInt(limit.max);
  const message = isEqual
    ? `${quoted(counter)} denies nothing more: ${allowed}, which is exactly as tight; lower this one or remove it`
    : `${quoted(counter)} is never full, since ${allowed}; lower this one or remove it`;
  // why: an Intercept rule may do more than keep its limit.
  const fixes = policy.dialect === 'policylayer' ? page.fix('Remove the limit', { kind: 'remove', pointer }) : [];
  subject.add('never-binds', at, message, ...fixes);
}
