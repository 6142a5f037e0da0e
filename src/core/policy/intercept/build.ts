import type { Amount, Condition, Limit, PatternCompiler, Policy, Rule, ToolPolicy } from '../model.ts';
import type { RawCondition, RawConfig, RawRule, RawState, RawTool } from './config.ts';
import { stateScope, WINDOW_MS } from './rate-limit.ts';
import { isNumeric, isOperator } from './validate.ts';
import { exactValue, plainValue } from './yaml-tree.ts';

/** Builds the policy that is evaluated from a valid config. */
export function buildPolicy(config: RawConfig, compilePattern: PatternCompiler): Policy {
  const tools = new Map<string, ToolPolicy>();
  for (const tool of config.tools) tools.set(tool.name, buildTool(tool, tool.name, compilePattern));
  const wildcard = config.tools.find((tool) => tool.name === '*');
  return {
    dialect: 'intercept',
    version: config.version,
    description: config.description,
    defaultAction: config.defaultAction === 'deny' ? 'deny' : 'allow',
    hide: config.hide.map(({ name }, i) => ({ name, pointer: `hide[${String(i)}]` })),
    tools,
    everyTool: wildcard ? buildTool(wildcard, stateScope('*'), compilePattern) : null,
  };
}

function buildTool(tool: RawTool, scope: string, compilePattern: PatternCompiler): ToolPolicy {
  return {
    name: tool.name,
    pointer: `tools.${tool.name}`,
    rules: tool.rules.map((rule) => buildRule(rule, compilePattern)),
    limits: tool.rules.flatMap((rule) => (rule.state ? [buildLimit(rule, rule.state, scope)] : [])),
    approval: null,
  };
}

function buildRule(rule: RawRule, compilePattern: PatternCompiler): Rule {
  return {
    kind: rule.action === 'deny' ? 'deny_if' : 'require',
    conditions: rule.conditions.flatMap((condition) => buildCondition(condition, compilePattern)),
    rule: rule.name,
    pointer: rule.at,
    onDeny: rule.onDeny === '' ? null : rule.onDeny,
  };
}

function buildCondition(condition: RawCondition, compilePattern: PatternCompiler): Condition[] {
  const { path, op, value } = condition;
  if (!isOperator(op)) return [];
  const plain = plainValue(value);
  const compiled = op === 'regex' && typeof plain === 'string' ? compilePattern(plain) : null;
  const counts = path.startsWith('state.');
  return [
    {
      source: counts ? 'counter' : 'args',
      segments: counts ? [] : path.slice('args.'.length).split('.'),
      counterKey: counts ? path.slice('state.'.length) : '',
      path,
      op,
      value: plain,
      operand: exactValue(value),
      pattern: compiled?.ok ? compiled.pattern : null,
      pointer: condition.at,
    },
  ];
}

function buildLimit(rule: RawRule, state: RawState, scope: string): Limit {
  const counterKey = `${scope}.${state.counter}`;
  const max = limitOf(rule, counterKey);
  return {
    rule: rule.name,
    pointer: rule.at,
    onDeny: rule.onDeny === '' ? null : rule.onDeny,
    counter: state.counter,
    counterKey,
    scope: 'everyone',
    windowMs: WINDOW_MS.get(state.window) ?? 0,
    max: max?.value ?? Infinity,
    ...(max?.exact === undefined ? {} : { exactMax: max.exact }),
    amount: amountOf(state),
    counts: max !== null,
  };
}

/** What a rule reserves up to: its first `lt` or `lte` on its own counter; null when there is none. */
function limitOf(rule: RawRule, counterKey: string): { value: number; exact?: bigint } | null {
  const path = `state.${counterKey}`;
  const bound = rule.conditions.find(
    ({ path: other, op, value }) => other === path && (op === 'lt' || op === 'lte') && isNumeric(value),
  );
  if (!bound) return null;
  const whole = Math.trunc(Number(plainValue(bound.value)));
  if (bound.op === 'lte') return { value: whole };
  // why: below this size one less is exact; above it only Intercept's 64-bit integers can say what one less is.
  return Number.isSafeInteger(whole) || !Number.isFinite(whole)
    ? { value: whole - 1 }
    : { value: whole - 1, exact: BigInt(whole) - 1n };
}

/** The largest double within 64 bits: the amount stays usable, `exact` counts. */
const LARGEST_AMOUNT = 2 ** 63 - 1024;

function amountOf(state: RawState): Amount {
  const path = state.incrementFrom;
  if (path === '') {
    const value = Number(state.increment);
    return Number.isSafeInteger(value)
      ? { kind: 'static', value }
      : { kind: 'static', value: Math.min(value, LARGEST_AMOUNT), exact: state.increment };
  }
  return { kind: 'argument', segments: path.slice('args.'.length).split('.'), path };
}
