import type { JsonValue } from '../../json.ts';
import type { Amount, Limit, Operator, Scope } from '../model.ts';
import { VERSION, WINDOW_SECONDS, WINDOWS, type Window } from '../policylayer/vocabulary.ts';
import { formatJson, type JsonPart } from './json-text.ts';

/** A condition as written. */
export interface NativeCondition {
  readonly path: string;
  readonly op: Operator;
  readonly value: JsonValue;
}
/** A rule as written; `onDeny` is null where no text is given. */
export interface NativeRule {
  readonly conditions: readonly NativeCondition[];
  readonly onDeny: string | null;
}
/** A limit as written. A window that has no name is written as the shorthand `rate_limit`. */
export type NativeLimit = Pick<Limit, 'counter' | 'windowMs' | 'max' | 'onDeny' | 'amount' | 'scope'>;
export interface NativeTool {
  readonly require: readonly NativeRule[];
  readonly denyIf: readonly NativeRule[];
  readonly limits: readonly NativeLimit[];
  /** What `require_approval` is given as its reason; null where no approval is asked for. */
  readonly approval: { readonly reason: string | null } | null;
}
/** A `policylayer` document to be written, in the long form. */
export interface NativeDocument {
  readonly description: string;
  readonly defaultAction: 'allow' | 'deny';
  readonly hide: readonly string[];
  readonly allTools: readonly NativeLimit[];
  readonly tools: ReadonlyMap<string, NativeTool>;
}

/** A window's name; undefined for lengths that have none. */
export function windowName(windowMs: number): Window | undefined {
  return WINDOWS.find((window) => WINDOW_SECONDS[window] * 1000 === windowMs);
}

/** The text of a document: strict JSON, two spaces a level, ending in a line break. */
export function writePolicylayer(document: NativeDocument): string {
  const { description, defaultAction, hide, allTools, tools } = document;
  const root = members([
    ['version', VERSION],
    ['default', defaultAction],
    ['description', description === '' ? undefined : description],
    ['hide', list(hide)],
    ['all_tools', allTools.length === 0 ? undefined : members([['limits', allTools.map(limitPart)]])],
    ['tools', tools.size === 0 ? undefined : new Map([...tools].map(([name, tool]) => [name, toolPart(tool)]))],
  ]);
  return `${formatJson(root)}\n`;
}

type Member = readonly [name: string, value: JsonPart | undefined];

function members(all: readonly Member[]): ReadonlyMap<string, JsonPart> {
  return new Map(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function list(items: readonly JsonPart[]): JsonPart | undefined {
  return items.length === 0 ? undefined : items;
}

function toolPart({ require, denyIf, limits, approval }: NativeTool): JsonPart {
  const short = limits.find(({ windowMs }) => windowName(windowMs) === undefined);
  return members([
    ['require', list(require.map(rulePart))],
    ['deny_if', list(denyIf.map(rulePart))],
    ['limits', list(limits.filter((limit) => limit !== short).map(limitPart))],
    [
      'rate_limit',
      short &&
        members([
          ['max', short.max],
          ['window', short.windowMs / 1000],
        ]),
    ],
    ['action', approval === null ? undefined : 'require_approval'],
    ['reason', approval?.reason ?? undefined],
  ]);
}

function rulePart({ conditions, onDeny }: NativeRule): JsonPart {
  const parts = conditions.map(({ path, op, value }) =>
    members([
      ['path', path],
      ['op', op],
      ['value', value],
    ]),
  );
  return members([
    ['conditions', parts],
    ['on_deny', onDeny ?? undefined],
  ]);
}

function limitPart({ counter, windowMs, max, scope, onDeny, amount }: NativeLimit): JsonPart {
  return members([
    ['counter', counter],
    ['window', windowName(windowMs)],
    ['max', max],
    ['scope', scopePart(scope)],
    ...amountMembers(amount),
    ['on_deny', onDeny ?? undefined],
  ]);
}

function scopePart(scope: Scope): string {
  return scope === 'session' ? 'session' : 'grant';
}

function amountMembers(amount: Amount): readonly Member[] {
  if (amount.kind === 'argument') return [['increment_from', amount.path]];
  return amount.value === 1 ? [] : [['increment', amount.value]];
}
