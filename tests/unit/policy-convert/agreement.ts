import type { Decision } from '../../../src/core/engine/decision.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import type { ConversionCode } from '../../../src/core/policy/convert/codes.ts';
import type { ConversionNote } from '../../../src/core/policy/convert/notes.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { type Call, decide } from './decide.ts';

const MINUTE_MS = 60_000;

/** Notes that leave calls on which both documents still have to agree; `withinNotes` makes calls such. */
const BOUNDED: readonly ConversionCode[] = ['counter-scope', 'roll-back', 'amounts', 'check-order'];

/** Whether the notes say on which calls the documents differ, so that on all others they must not. */
export function isBounded(notes: readonly ConversionNote[]): boolean {
  return notes.every(({ code, severity }) => severity === 'same' || BOUNDED.includes(code));
}

/** Whether nothing is decided differently at all. */
export function isAlike(notes: readonly ConversionNote[]): boolean {
  return notes.every(({ severity }) => severity === 'same');
}

/** Calls changed as little as takes them out of what the notes are about. */
export function withinNotes(source: Policy, notes: readonly ConversionNote[], calls: readonly Call[]): readonly Call[] {
  const codes = new Set(notes.map(({ code }) => code));
  return calls.map((call) => {
    let changed = call;
    if (codes.has('counter-scope')) changed = { ...changed, grant: 'g', session: 's' };
    if (codes.has('roll-back')) changed = failingInTime(changed);
    if (codes.has('amounts')) changed = { ...changed, args: withWholeAmounts(source, changed.args ?? {}) };
    return changed;
  });
}

/** A failure is one that both dialects know, and is known before any window ends. */
function failingInTime(call: Call): Call {
  const upstream = call.upstream === 'ok' ? 'ok' : 'rpc_error';
  const left = MINUTE_MS - 1 - (call.atMs % MINUTE_MS);
  return { ...call, upstream, latencyMs: Math.min(call.latencyMs, left) };
}

/** Numbers that are counted lose their fraction and, for Intercept's sake, their sign. */
function withWholeAmounts({ dialect, tools }: Policy, args: JsonObject): JsonObject {
  const paths = [...tools.values()]
    .flatMap(({ limits }) => limits)
    .flatMap(({ amount }) => (amount.kind === 'argument' ? [amount.segments] : []));
  const whole = (value: number): number => (dialect === 'intercept' ? Math.abs(Math.trunc(value)) : Math.trunc(value));
  return paths.reduce((changed, path) => changedAt(changed, path, whole), args);
}

function changedAt(
  args: JsonObject,
  [first = '', ...rest]: readonly string[],
  change: (value: number) => number,
): JsonObject {
  if (!Object.hasOwn(args, first)) return args;
  const member = args[first] ?? null;
  const changed =
    rest.length === 0 ? changedNumber(member, change) : isObject(member) ? changedAt(member, rest, change) : member;
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, key === first ? changed : value]));
}

function changedNumber(value: JsonValue, change: (value: number) => number): JsonValue {
  return typeof value === 'number' ? change(value) : value;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first call that two documents decide differently, as far as the notes allow for none; null when there is none. */
export function firstDifference(
  source: Policy,
  target: Policy,
  notes: readonly ConversionNote[],
  calls: readonly Call[],
): unknown {
  const codes = new Set(notes.map(({ code }) => code));
  const expected = decide(source, calls);
  const got = decide(target, calls);
  const authored = textsOf(source);
  const at = expected.findIndex((decision, call) => {
    const other = got[call]!;
    if (decision.outcome !== other.outcome) return true;
    return !codes.has('check-order') && !saysTheSame(decision, other, source, authored, codes);
  });
  return at < 0 ? null : { call: calls[at], at, expected: expected[at], got: got[at] };
}

/** Texts of the policy are kept to the letter; a gateway's own words stay a gateway's own. */
function saysTheSame(
  decision: Decision,
  other: Decision,
  { dialect }: Policy,
  authored: ReadonlySet<string>,
  codes: ReadonlySet<ConversionCode>,
): boolean {
  const isFixed = (rule: string): boolean => rule === '(hidden)' || rule === '(default deny)';
  if (isFixed(decision.rule) || isFixed(other.rule)) return decision.rule === other.rule;
  if (decision.outcome === 'allow' || authored.has(decision.message)) return decision.message === other.message;
  if (dialect === 'policylayer') return /^(?:Denied by rule "|Rate limit exceeded for )/.test(other.message);
  if (decision.message === 'Internal policy error' && codes.has('amounts')) return true;
  return decision.message === other.message;
}

function textsOf({ tools, everyTool }: Policy): ReadonlySet<string> {
  const parts = [...tools.values(), ...(everyTool === null ? [] : [everyTool])];
  const texts = parts.flatMap(({ rules, limits, approval }) => [
    ...rules.map(({ onDeny }) => onDeny),
    ...limits.map(({ onDeny }) => onDeny),
    approval?.reason ?? null,
  ]);
  return new Set(texts.filter((text) => text !== null));
}

/**
 * The first call, each decided as the first of a run, that a document allows and its source does not. Each is also tried
 * under the name `*`, which is a tool's name where nothing stands for every tool.
 */
export function firstMorePermissive(source: Policy, target: Policy, calls: readonly Call[]): unknown {
  const stars = source.everyTool === null ? calls.map((call) => ({ ...call, tool: '*' })) : [];
  for (const call of [...calls, ...stars]) {
    const [before] = decide(source, [call]);
    const [after] = decide(target, [call]);
    if (after!.outcome === 'allow' && before!.outcome !== 'allow') return { call, before, after };
  }
  return null;
}
