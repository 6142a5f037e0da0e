import type { Diagnostic, Range } from '../../diagnostic.ts';
import type { PatternCompiler, Policy } from '../model.ts';
import { buildPolicy } from './build.ts';
import { ConfigDecoder, type RawConfig } from './config.ts';
import { compileGoPattern } from './go-pattern.ts';
import { lintConfig } from './lint.ts';
import { withDefaults } from './rate-limit.ts';
import { validateConfig } from './validate.ts';
import { readYaml, type YamlNode } from './yaml-tree.ts';

/** What a text in Intercept's language came to. `ranges` maps Intercept's own paths to places in the text. */
export interface InterceptReading {
  readonly diagnostics: readonly Diagnostic[];
  readonly policy: Policy | null;
  readonly ranges: ReadonlyMap<string, Range>;
  /** Null when the text does not load as YAML. */
  readonly root: YamlNode | null;
}

/**
 * Loads, validates and builds an Intercept policy (YAML), exactly as Intercept does
 * (docs: policy.md#intercepts-document). `policy` is null when any error is found; every error is reported. A byte order mark
 * is skipped. Never throws.
 */
export function readInterceptText(text: string, compilePattern: PatternCompiler): InterceptReading {
  const tree = readYaml(text);
  if (!tree.root) return { diagnostics: tree.diagnostics, policy: null, ranges: new Map(), root: null };
  const decoder = new ConfigDecoder();
  const decoded = decoder.decode(tree.root);
  const ranges = collectRanges(decoded);
  if (decoder.diagnostics.some(({ severity }) => severity === 'error')) {
    return { diagnostics: decoder.diagnostics, policy: null, ranges, root: tree.root };
  }
  const config = fillDefaults(decoded);
  const compileGo = compileGoPattern(compilePattern);
  const errors = validateConfig(config, compileGo);
  const diagnostics = [...errors, ...decoder.diagnostics, ...lintConfig(config)].sort(
    (a, b) => a.range.start - b.range.start,
  );
  return { diagnostics, policy: errors.length > 0 ? null : buildPolicy(config, compileGo), ranges, root: tree.root };
}

function fillDefaults(config: RawConfig): RawConfig {
  return {
    ...config,
    defaultAction: config.defaultAction === '' ? 'allow' : config.defaultAction,
    tools: config.tools.map((tool) => ({ ...tool, rules: tool.rules.map((rule) => withDefaults(rule, tool.name)) })),
  };
}

function collectRanges(config: RawConfig): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>([
    ['version', config.versionRange],
    ['default', config.defaultRange],
    ['hide', config.hideRange],
  ]);
  config.hide.forEach(({ range }, i) => ranges.set(`hide[${String(i)}]`, range));
  for (const tool of config.tools) {
    ranges.set(`tools.${tool.name}`, tool.range);
    for (const rule of tool.rules) {
      ranges.set(rule.at, rule.range);
      if (rule.state) ranges.set(`${rule.at}.state`, rule.state.range);
      for (const condition of rule.conditions) ranges.set(condition.at, condition.range);
    }
  }
  return ranges;
}
