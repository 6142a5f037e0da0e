import type { Diagnostic, Range } from '../../diagnostic.ts';
import { OPERATORS, type Operator, type PatternCompiler } from '../model.ts';
import type { InterceptCode } from './codes.ts';
import type { RawCondition, RawConfig, RawRule, RawState, RawTool } from './config.ts';
import { parseRateLimit, WINDOW_MS } from './rate-limit.ts';
import type { YamlNode } from './yaml-tree.ts';
import { BLANK } from '../blank.ts';
import { quoted } from '../wording.ts';

/** True for one of the eleven operators. */
export function isOperator(op: string): op is Operator {
  return (OPERATORS as readonly string[]).includes(op);
}

/** True for what Intercept counts as a number: 64-bit integers and floats, but not the unsigned upper half. */
export function isNumeric(node: YamlNode): boolean {
  if (node.kind !== 'scalar') return false;
  if (typeof node.value === 'bigint') return node.value < 2n ** 63n;
  return typeof node.value === 'number';
}

/**
 * Checks a decoded config (defaults filled in) and returns every error, with Intercept's own paths as pointers.
 * The tools are visited in order of their names.
 */
export function validateConfig(config: RawConfig, compilePattern: PatternCompiler): readonly Diagnostic[] {
  return new Validator(config, compilePattern).run();
}

class Validator {
  readonly #config: RawConfig;
  readonly #compilePattern: PatternCompiler;
  readonly #counters = new Map<string, ReadonlySet<string>>();
  readonly #found: Diagnostic[] = [];

  constructor(config: RawConfig, compilePattern: PatternCompiler) {
    this.#config = config;
    this.#compilePattern = compilePattern;
    for (const tool of config.tools) {
      this.#counters.set(tool.name, new Set(tool.rules.flatMap((rule) => (rule.state ? [rule.state.counter] : []))));
    }
  }

  run(): readonly Diagnostic[] {
    const { version, versionRange, defaultAction, defaultRange } = this.#config;
    if (version !== '1') {
      this.#add('intercept-version', `set \`version\` to \`1\`, not ${quoted(version)}`, versionRange, 'version');
    }
    if (defaultAction !== 'allow' && defaultAction !== 'deny') {
      const message = `set \`default\` to \`allow\` or \`deny\`, not ${quoted(defaultAction)}`;
      this.#add('intercept-default', message, defaultRange, 'default');
    }
    this.#hide();
    for (const tool of this.#config.tools) this.#tool(tool);
    return this.#found;
  }

  #hide(): void {
    const seen = new Set<string>();
    this.#config.hide.forEach(({ name, range }, i) => {
      if (BLANK.test(name))
        this.#add('intercept-hide', 'name a tool or remove this entry', range, `hide[${String(i)}]`);
      else if (seen.has(name))
        this.#add('intercept-hide', `${quoted(name)} is hidden already; remove one of the two`, range, 'hide');
      else seen.add(name);
    });
  }

  #tool(tool: RawTool): void {
    const first = new Map<string, number>();
    tool.rules.forEach((rule, i) => {
      if (rule.state) {
        const before = first.get(rule.state.counter);
        if (before === undefined) first.set(rule.state.counter, i);
        else {
          const message = `the counter ${quoted(rule.state.counter)} is kept by rule ${String(before + 1)} already; name another`;
          this.#add('intercept-state', message, rule.state.range, rule.at);
        }
      }
      this.#rule(rule);
    });
  }

  #rule(rule: RawRule): void {
    if (rule.rateLimit !== '') {
      this.#rateLimit(rule);
      return;
    }
    const { at, range, action, conditions } = rule;
    if (rule.name === '') this.#add('intercept-rule', 'give the rule a `name`', range, at);
    if (action !== 'evaluate' && action !== 'deny') {
      this.#add('intercept-rule', `set \`action\` to \`evaluate\` or \`deny\`, not ${quoted(action)}`, range, at);
    }
    if (action === 'deny' && conditions.length > 0) {
      this.#add('intercept-rule', 'remove the conditions: a `deny` rule denies every call', range, at);
    }
    if (action === 'evaluate' && conditions.length === 0) {
      this.#add('intercept-rule', 'add at least one condition, or set `action: deny`', range, at);
    }
    for (const condition of conditions) this.#condition(condition);
    if (rule.state) this.#state(rule.state, `${at}.state`);
    for (const condition of conditions) this.#counterReference(condition, rule);
  }

  #rateLimit(rule: RawRule): void {
    const parsed = parseRateLimit(rule.rateLimit);
    if (!parsed.ok) this.#add('intercept-rate-limit', parsed.reason, rule.range, rule.at);
    if (rule.conditions.length > 0 || rule.state) {
      const message = '`rate_limit` stands alone; move the conditions or the state to a rule of their own';
      this.#add('intercept-rate-limit', message, rule.range, rule.at);
    }
    if (rule.action === 'deny') {
      this.#add(
        'intercept-rate-limit',
        'remove `action: deny` or `rate_limit`: a rule does one of them',
        rule.range,
        rule.at,
      );
    }
  }

  #condition(condition: RawCondition): void {
    const { at, range, path, op, value } = condition;
    const add = (message: string): void => {
      this.#add('intercept-condition', message, range, at);
    };
    if (!path.startsWith('args.') && !path.startsWith('state.')) {
      add(`start the path with \`args.\` or \`state.\`, not ${quoted(path)}`);
    }
    if (!isOperator(op)) {
      add(`${quoted(op)} is not an operator; use one of ${OPERATORS.join(', ')}`);
      return;
    }
    const problem = this.#valueProblem(op, value);
    if (problem !== null) add(problem);
  }

  #valueProblem(op: Operator, value: YamlNode): string | null {
    switch (op) {
      case 'in':
      case 'not_in':
        return value.kind === 'list' ? null : `give ${quoted(op)} a list`;
      case 'lt':
      case 'lte':
      case 'gt':
      case 'gte':
        return isNumeric(value) ? null : `give ${quoted(op)} a number`;
      case 'exists':
        return value.kind === 'scalar' && typeof value.value === 'boolean' ? null : 'give `exists` `true` or `false`';
      case 'regex': {
        if (value.kind !== 'scalar' || typeof value.value !== 'string') return 'give `regex` a text';
        const compiled = this.#compilePattern(value.value);
        return compiled.ok ? null : `RE2 refuses ${quoted(value.value)}: ${compiled.reason}`;
      }
      default:
        return null;
    }
  }

  #state(state: RawState, at: string): void {
    const add = (message: string): void => {
      this.#add('intercept-state', message, state.range, at);
    };
    if (state.counter === '') add('name the `counter`');
    if (!WINDOW_MS.has(state.window))
      add(`set \`window\` to \`minute\`, \`hour\` or \`day\`, not ${quoted(state.window)}`);
    if (state.incrementFrom !== '' && !state.incrementFrom.startsWith('args.')) {
      add(`start \`increment_from\` with \`args.\`, not ${quoted(state.incrementFrom)}`);
    }
  }

  #counterReference(condition: RawCondition, rule: RawRule): void {
    if (!condition.path.startsWith('state.')) return;
    const [, tool, ...rest] = condition.path.split('.');
    if (tool === undefined || rest.length === 0) return;
    const counter = rest.join('.');
    // why: a tool called `_global` stands in the way of the wildcard's counters (as Intercept does).
    const counters = this.#counters.get(tool) ?? (tool === '_global' ? this.#counters.get('*') : undefined);
    if (counters?.has(counter)) return;
    const message = `no state block of ${quoted(tool)} keeps a counter ${quoted(counter)}; add one or mend the path`;
    this.#add('intercept-counter', message, condition.range, rule.at);
  }

  #add(code: InterceptCode, message: string, range: Range, pointer: string): void {
    this.#found.push({ code, severity: 'error', message, range, pointer });
  }
}
