import type { Limit, Policy, Rule, ToolPolicy } from './model.ts';
import { counted, grouped, perWindow } from './wording.ts';

/** What a policy does to one tool before any call is made. */
export interface ToolEffect {
  readonly tool: string;
  readonly state: 'allowed' | 'limited' | 'rules' | 'approval' | 'denied' | 'hidden';
  /** A few words: `30 a minute`, `denied`, `2 rules, 10 an hour`. */
  readonly words: string;
  /** The place that says so; empty when nothing does. */
  readonly pointer: string;
}

/** The effect on each tool, in the order given. Hidden comes before denied, denied before approval, limits and rules. */
export function toolEffects(policy: Policy, toolNames: readonly string[]): readonly ToolEffect[] {
  const firsts = new Map<string, number>();
  policy.hide.forEach(({ name }, index) => {
    if (!firsts.has(name)) firsts.set(name, index);
  });
  const all = firsts.get('*') ?? Infinity;
  return toolNames.map((tool) => {
    const entry = policy.hide[Math.min(firsts.get(tool) ?? Infinity, all)];
    return entry === undefined
      ? effectOn(policy, tool)
      : { tool, state: 'hidden', words: 'hidden', pointer: entry.pointer };
  });
}

function effectOn(policy: Policy, tool: string): ToolEffect {
  const own = policy.tools.get(tool);
  if (own === undefined && policy.defaultAction === 'deny') {
    return { tool, state: 'denied', words: 'denied', pointer: defaultPointer(policy) };
  }
  const parts: readonly ToolPolicy[] = [own, tool === '*' ? null : policy.everyTool].filter(isPresent);
  const rules = parts.flatMap((part) => part.rules);
  const limits = parts.flatMap((part) => part.limits).filter(({ counts }) => counts);
  const denial = rules.find(alwaysDenies);
  if (denial !== undefined) return { tool, state: 'denied', words: 'denied', pointer: denial.pointer };
  const approval = own?.approval ?? null;
  const words = [approval === null ? '' : 'approval', limitWords(limits), ruleWords(rules, limits)].filter(Boolean);
  const pointer = own?.pointer ?? limits[0]?.pointer ?? rules[0]?.pointer ?? '';
  if (words.length === 0) return { tool, state: 'allowed', words: 'allowed', pointer };
  const state = approval !== null ? 'approval' : limits.length > 0 ? 'limited' : 'rules';
  return { tool, state, words: words.join(', '), pointer };
}

function defaultPointer({ dialect }: Policy): string {
  return dialect === 'intercept' ? 'default' : '/default';
}

/** A rule that holds whatever the arguments. */
function alwaysDenies({ kind, conditions }: Rule): boolean {
  return kind === 'deny_if' && conditions.length === 0;
}

function limitWords(limits: readonly Limit[]): string {
  const [only] = limits;
  if (only === undefined) return '';
  return limits.length > 1 ? counted(limits.length, 'limit') : `${amountWords(only)} ${perWindow(only.windowMs)}`;
}

/** `30`, or `amount 1,000` where calls count by an argument. */
function amountWords({ amount, max }: Limit): string {
  return amount.kind === 'argument' ? `${amount.segments.join('.')} ${grouped(max)}` : grouped(max);
}

function ruleWords(rules: readonly Rule[], limits: readonly Limit[]): string {
  const count = rulesBeside(rules, limits).filter(({ conditions }) => conditions.length > 0).length;
  return count === 0 ? '' : counted(count, 'rule');
}

/** The rules without those that are limits: Intercept writes a limit as a rule. */
function rulesBeside(rules: readonly Rule[], limits: readonly Limit[]): readonly Rule[] {
  const asLimits = new Set(limits.map(({ pointer }) => pointer));
  return rules.filter(({ pointer }) => !asLimits.has(pointer));
}

/** A policy in one line: `default deny, 1 tool, 1 limit`. Rules, limits and hidden tools are named where there are any. */
export function describePolicy(policy: Policy): string {
  const { tools, everyTool, hide, defaultAction } = policy;
  // why: Intercept's `everyTool` is its tool `*`, which is among the tools.
  const parts = [...tools.values(), policy.dialect === 'intercept' ? null : everyTool].filter(isPresent);
  const some = (count: number, noun: string): string[] => (count === 0 ? [] : [counted(count, noun)]);
  const limits = parts.flatMap((part) => part.limits);
  return [
    `default ${defaultAction}`,
    tools.size === 0 ? 'no tools' : counted(tools.size, 'tool'),
    ...some(
      rulesBeside(
        parts.flatMap(({ rules }) => rules),
        limits,
      ).length,
      'rule',
    ),
    ...some(limits.length, 'limit'),
    ...some(parts.filter(({ approval }) => approval !== null).length, 'approval'),
    ...(hide.length === 0 ? [] : [`${grouped(hide.length)} hidden`]),
  ].join(', ');
}

function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
