import type { Diagnostic, Range } from '../../diagnostic.ts';
import type { InterceptCode } from './codes.ts';
import type { RawCondition, RawConfig, RawRule, RawTool } from './config.ts';
import { stateScope } from './rate-limit.ts';
import type { YamlNode } from './yaml-tree.ts';
import { quoted } from '../wording.ts';

const TEXT_OPERATORS = new Set(['eq', 'neq', 'in', 'not_in']);
const EXPONENT_FROM = 1e6;

/** Warnings on a config that loads: what Intercept does and few people expect. */
export function lintConfig(config: RawConfig): readonly Diagnostic[] {
  return config.tools.flatMap((tool) =>
    tool.rules.flatMap((rule) => [...lintNumbers(rule), ...lintCounter(rule, tool)]),
  );
}

function lintNumbers(rule: RawRule): readonly Diagnostic[] {
  return rule.conditions.flatMap((condition) =>
    textsOf(condition)
      .filter(isLargeNumber)
      .map((text) => {
        const message = `Intercept prints the number ${text} as an exponent, so it is never equal to \`"${text}"\`; remove the quotes`;
        return warning('intercept-number-text', message, condition.range, condition.at);
      }),
  );
}

function textsOf({ path, op, value }: RawCondition): readonly string[] {
  if (!path.startsWith('args.') || !TEXT_OPERATORS.has(op)) return [];
  const nodes: readonly YamlNode[] = value.kind === 'list' ? value.items : [value];
  return nodes.flatMap((node) => (node.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : []));
}

function isLargeNumber(text: string): boolean {
  return /^-?[0-9]{7,}$/.test(text) && Math.abs(Number(text)) >= EXPONENT_FROM;
}

function lintCounter(rule: RawRule, tool: RawTool): readonly Diagnostic[] {
  if (!rule.state) return [];
  const path = `state.${stateScope(tool.name)}.${rule.state.counter}`;
  if (rule.conditions.some((condition) => condition.path === path && (condition.op === 'lt' || condition.op === 'lte')))
    return [];
  const message = `this counter never counts; compare ${quoted(path)} with \`lt\` or \`lte\` in the same rule`;
  return [warning('intercept-never-counts', message, rule.state.range, `${rule.at}.state`)];
}

function warning(code: InterceptCode, message: string, range: Range, pointer: string): Diagnostic {
  return { code, severity: 'warning', message, range, pointer };
}
