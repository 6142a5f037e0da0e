import { BLANK } from '../blank.ts';
import type { Limit, ToolPolicy } from '../model.ts';
import { grouped, quoted } from '../wording.ts';
import type { InterceptCounters } from './intercept-counters.ts';
import type { NoteBook } from './notes.ts';
import type { NativeLimit } from './policylayer-document.ts';
import type { ConvertedRule } from './to-policylayer-rules.ts';

const INTERNAL_ERROR = 'Internal policy error';

/** What a part's limits become: `checks` are rules on amounts that Intercept resolves and never counts. */
export interface ConvertedLimits {
  readonly limits: readonly NativeLimit[];
  readonly checks: readonly ConvertedRule[];
}

/** Whose limits are converted, with the tightest bound on each counter, by pointer of the rule. */
export interface LimitSource {
  readonly part: ToolPolicy;
  readonly isEveryTool: boolean;
  readonly most: ReadonlyMap<string, number>;
}

/** The limits of a tool, or of `*` for `all_tools`. A limit PolicyLayer cannot keep denies every call. */
export function convertLimits(source: LimitSource, counters: InterceptCounters, notes: NoteBook): ConvertedLimits {
  const limits: NativeLimit[] = [];
  const checks: ConvertedRule[] = [];
  for (const limit of source.part.limits) {
    if (!limit.counts) {
      const check = checkOf(limit, notes);
      if (check === null) continue;
      checks.push(check);
      if (limits.length > 0 || source.isEveryTool) noteOrder(limit, notes);
    } else if (isUnusable(limit, source, notes)) {
      checks.push(denialOf(limit));
    } else if (neverFits(limit, notes)) {
      checks.push(denialOf(limit));
      if (limits.length > 0 || source.isEveryTool) noteOrder(limit, notes);
    } else if (limit.amount.kind === 'static' && limit.amount.value < 0) {
      notes.add(
        'falling-counter',
        limit.pointer,
        `${quoted(limit.counter)} is left out: it denies nothing until failed calls raise it`,
      );
    } else {
      const names = [...source.part.limits, ...limits].map(({ counter }) => counter);
      limits.push({ ...convertLimit(limit, source, notes), counter: counterName(limit, names, notes) });
      if (counters.isJoined(limit)) noteJoined(limit, notes);
    }
  }
  return { limits, checks };
}

function convertLimit(limit: Limit, source: LimitSource, notes: NoteBook): Omit<NativeLimit, 'counter'> {
  const { windowMs, amount, pointer } = limit;
  const max = maxOf(limit, source.most.get(pointer) ?? Infinity, notes);
  if (amount.kind === 'argument') noteAmount(limit, amount.path, notes);
  if (amount.kind === 'argument' || amount.value <= max) noteCounting(limit, notes);
  return { windowMs, max, amount, scope: 'grant', onDeny: deniedWith(limit) };
}

/** What a denial says; beyond 64 bits Intercept has one message for everything. */
function deniedWith(limit: Limit): string {
  return isBeyond64Bits(limit) ? INTERNAL_ERROR : (limit.onDeny ?? `Rate limit exceeded for ${limit.rule}`);
}

/** A rule in place of a limit that no call fits. why: as a limit with max 0 it would read like a mistake. */
function denialOf(limit: Limit): ConvertedRule {
  return { kind: 'deny_if', conditions: [], onDeny: deniedWith(limit) };
}

/** Whether no call fits in Intercept either, apart from negative amounts. */
function neverFits(limit: Limit, notes: NoteBook): boolean {
  const { amount, max } = limit;
  if (isBeyond64Bits(limit)) return true;
  // why: below 0 an increment is another matter, and PolicyLayer's max is at least 0.
  if (max >= 0 || (amount.kind === 'static' && amount.value < 0)) return false;
  if (amount.kind === 'argument') noteAmount(limit, amount.path, notes);
  return true;
}

/** Whether PolicyLayer cannot read the amount; then every call is denied. */
function isUnusable(limit: Limit, { isEveryTool }: LimitSource, notes: NoteBook): boolean {
  const { amount, pointer } = limit;
  if (amount.kind === 'static' || isBeyond64Bits(limit)) return false;
  const message = `denies every call in place of adding up ${quoted(amount.path)}`;
  if (isEveryTool) notes.add('every-tool-amount', pointer, message);
  else if (amount.segments.includes('')) notes.add('empty-field', pointer, message);
  else return false;
  return true;
}

function maxOf({ max, pointer }: Limit, most: number, notes: NoteBook): number {
  if (most < max) {
    notes.add('counter-bounds', pointer, `the tightest of the bounds, ${grouped(most)}, is the max after a call`);
  }
  // why: `trunc(-0.5)` is -0, which JSON would keep.
  const tightest = Math.min(max, most) + 0;
  if (tightest <= Number.MAX_SAFE_INTEGER) return tightest;
  notes.add('large-max', pointer, `the max is written as ${grouped(Number.MAX_SAFE_INTEGER)}`);
  return Number.MAX_SAFE_INTEGER;
}

/** Beyond 64 bits Intercept refuses every call. */
function isBeyond64Bits({ max, exactMax }: Limit): boolean {
  if (exactMax !== undefined) return exactMax !== BigInt.asIntN(64, exactMax);
  return !(max >= -(2 ** 63) && max < 2 ** 63);
}

function counterName({ counter, pointer }: Limit, taken: readonly string[], notes: NoteBook): string {
  if (!BLANK.test(counter)) return counter;
  let name = 'counter';
  for (let number = 2; taken.includes(name); number++) name = `counter-${number}`;
  notes.add('blank-counter', pointer, `the counter is named ${quoted(name)}`);
  return name;
}

/** A rule that refuses what Intercept cannot resolve to a whole number of 64 bits; null where it always can. */
function checkOf({ amount, pointer }: Limit, notes: NoteBook): ConvertedRule | null {
  if (amount.kind === 'static') {
    notes.add('no-effect', pointer, 'a counter without an `lt` or `lte` condition never counts; it is left out');
    return null;
  }
  const { path, segments } = amount;
  if (segments.includes('')) {
    notes.add('empty-field', pointer, `denies every call in place of reading ${quoted(path)}`);
    return { kind: 'deny_if', conditions: [], onDeny: INTERNAL_ERROR };
  }
  const conditions = [
    { path, op: 'gte', value: -(2 ** 63) },
    { path, op: 'lt', value: 2 ** 63 },
  ] as const;
  return { kind: 'require', conditions, onDeny: INTERNAL_ERROR };
}

function noteOrder({ pointer }: Limit, notes: NoteBook): void {
  notes.add('check-order', pointer, 'refuses what cannot be counted before the limits in front of it are looked at');
}

function noteJoined({ pointer, counter, counterKey }: Limit, notes: NoteBook): void {
  const message = `${quoted(counter)} counts by itself, no longer together with what else is ${quoted(counterKey)}`;
  notes.add('joined-names', pointer, message);
}

function noteAmount({ pointer }: Limit, path: string, notes: NoteBook): void {
  const message = `counts ${quoted(path)} with its fraction, and refuses a negative or missing one with the limit’s message`;
  notes.add('amounts', pointer, message);
}

function noteCounting({ pointer, counter }: Limit, notes: NoteBook): void {
  notes.add('counter-scope', pointer, `${quoted(counter)} is a counter for each grant, no longer one for all callers`);
  const message = `${quoted(counter)} gives back what any failed call took, as long as its window lasts`;
  notes.add('roll-back', pointer, message);
}
