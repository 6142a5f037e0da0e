import type { Diagnostic, Range } from '../../diagnostic.ts';
import type { InterceptCode } from './codes.ts';
import type { YamlEntry, YamlNode } from './yaml-tree.ts';
import { quoted } from '../wording.ts';

/** A condition as written. `at`: Intercept's own path. */
export interface RawCondition {
  readonly at: string;
  readonly range: Range;
  readonly path: string;
  readonly op: string;
  readonly value: YamlNode;
}
/** A state block as written; `increment` 0 when absent, at most 64 bits. */
export interface RawState {
  readonly range: Range;
  readonly counter: string;
  readonly window: string;
  readonly increment: bigint;
  readonly incrementFrom: string;
}
/** A rule as written; absent fields are empty. */
export interface RawRule {
  /** Intercept's own path: `tools.x.rules[0]`. */
  readonly at: string;
  readonly range: Range;
  readonly name: string;
  readonly action: string;
  readonly rateLimit: string;
  readonly conditions: readonly RawCondition[];
  readonly onDeny: string;
  readonly state: RawState | null;
}
/** A tool with its rules, in order. */
export interface RawTool {
  readonly name: string;
  readonly range: Range;
  readonly rules: readonly RawRule[];
}
/** An entry of `hide`. */
export interface RawHide {
  readonly name: string;
  readonly range: Range;
}
/** The document as Intercept decodes it: absent and null are empty, every text field holds its scalar's text. */
export interface RawConfig {
  readonly version: string;
  readonly versionRange: Range;
  readonly description: string;
  readonly defaultAction: string;
  readonly defaultRange: Range;
  readonly hide: readonly RawHide[];
  readonly hideRange: Range;
  readonly tools: readonly RawTool[];
}

const KIND_WORDS = { null: 'nothing', scalar: 'a single value', list: 'a list', map: 'a mapping' } as const;

/** Decodes a YAML tree. `diagnostics` holds every value Intercept could not load; then the config must not be used. */
export class ConfigDecoder {
  readonly diagnostics: Diagnostic[] = [];

  decode(root: YamlNode): RawConfig {
    const fields = this.#fields(root, '', 'the policy', ['version', 'description', 'default', 'hide', 'tools']);
    const range = (name: string): Range =>
      fields.get(name)?.range ?? { start: root.range.start, end: root.range.start };
    return {
      version: this.#text(fields.get('version'), 'version'),
      versionRange: range('version'),
      description: this.#text(fields.get('description'), 'description'),
      defaultAction: this.#text(fields.get('default'), 'default'),
      defaultRange: range('default'),
      hide: this.#items(fields.get('hide'), 'hide').map((item, i) => ({
        name: this.#textOf(item, `hide[${String(i)}]`),
        range: item.range,
      })),
      hideRange: range('hide'),
      tools: this.#tools(fields.get('tools')),
    };
  }

  #tools(entry: YamlEntry | undefined): readonly RawTool[] {
    if (!entry || entry.value.kind === 'null') return [];
    if (entry.value.kind !== 'map') {
      this.#refuse(entry.value, 'tools', 'a mapping of tool names');
      return [];
    }
    return entry.value.entries.flatMap(({ key, keyNode, range, value }) => {
      // why: Intercept's decoder leaves out a tool whose name is null.
      if (keyNode.kind === 'null') return [];
      if (keyNode.kind !== 'scalar') this.#refuse(keyNode, 'tools', 'the name of a tool');
      const at = `tools.${key}`;
      const rules = this.#fields(value, at, 'a tool', ['rules']).get('rules');
      const items = this.#items(rules, `${at}.rules`);
      return [{ name: key, range, rules: items.map((item, i) => this.#rule(item, `${at}.rules[${String(i)}]`)) }];
    });
  }

  #rule(node: YamlNode, at: string): RawRule {
    const names = ['name', 'action', 'rate_limit', 'conditions', 'on_deny', 'state'];
    const fields = this.#fields(node, at, 'a rule', names);
    const conditions = this.#items(fields.get('conditions'), `${at}.conditions`);
    return {
      at,
      range: node.range,
      name: this.#text(fields.get('name'), at),
      action: this.#text(fields.get('action'), at),
      rateLimit: this.#text(fields.get('rate_limit'), at),
      conditions: conditions.map((item, i) => this.#condition(item, `${at}.conditions[${String(i)}]`)),
      onDeny: this.#text(fields.get('on_deny'), at),
      state: this.#state(fields.get('state'), at),
    };
  }

  #condition(node: YamlNode, at: string): RawCondition {
    const fields = this.#fields(node, at, 'a condition', ['path', 'op', 'value']);
    return {
      at,
      range: node.range,
      path: this.#text(fields.get('path'), at),
      op: this.#text(fields.get('op'), at),
      value: fields.get('value')?.value ?? { kind: 'null', range: node.range },
    };
  }

  #state(entry: YamlEntry | undefined, rule: string): RawState | null {
    if (!entry || entry.value.kind === 'null') return null;
    const at = `${rule}.state`;
    const fields = this.#fields(entry.value, at, 'a state block', ['counter', 'window', 'increment', 'increment_from']);
    return {
      range: entry.range,
      counter: this.#text(fields.get('counter'), at),
      window: this.#text(fields.get('window'), at),
      increment: this.#whole(fields.get('increment'), at),
      incrementFrom: this.#text(fields.get('increment_from'), at),
    };
  }

  /** Fields by name; unknown ones are noted and ignored. */
  #fields(node: YamlNode, at: string, what: string, known: readonly string[]): ReadonlyMap<string, YamlEntry> {
    if (node.kind === 'null') return new Map();
    if (node.kind !== 'map') {
      this.#refuse(node, at, `${what} as a mapping`);
      return new Map();
    }
    const fields = new Map<string, YamlEntry>();
    for (const entry of node.entries) {
      if (entry.keyNode.kind === 'list' || entry.keyNode.kind === 'map') this.#refuse(entry.keyNode, at, 'a field');
      if (known.includes(entry.key)) fields.set(entry.key, entry);
      else this.#ignored(entry, at, known);
    }
    return fields;
  }

  #items(entry: YamlEntry | undefined, at: string): readonly YamlNode[] {
    if (!entry || entry.value.kind === 'null') return [];
    // why: Intercept's decoder leaves empty items out of a list, and later items move up.
    if (entry.value.kind === 'list') return entry.value.items.filter((item) => item.kind !== 'null');
    this.#refuse(entry.value, at, 'a list');
    return [];
  }

  #text(entry: YamlEntry | undefined, at: string): string {
    return entry ? this.#textOf(entry.value, at) : '';
  }

  #textOf(node: YamlNode, at: string): string {
    if (node.kind === 'null') return '';
    if (node.kind === 'scalar') return node.text;
    this.#refuse(node, at, 'a single value');
    return '';
  }

  /** A whole number as Go's decoder takes it: fractions are cut, other kinds and more than 64 bits do not load. */
  #whole(entry: YamlEntry | undefined, at: string): bigint {
    if (!entry || entry.value.kind === 'null') return 0n;
    const value = entry.value.kind === 'scalar' ? entry.value.value : undefined;
    const whole = typeof value === 'number' && Number.isFinite(value) ? BigInt(Math.trunc(value)) : value;
    if (typeof whole === 'bigint' && whole === BigInt.asIntN(64, whole)) return whole;
    this.#refuse(entry.value, at, 'a whole number of at most 64 bits');
    return 0n;
  }

  #refuse(node: YamlNode, pointer: string, wanted: string): void {
    const message = `${wanted} must stand here, not ${KIND_WORDS[node.kind]}`;
    this.#add('yaml-type', 'error', message, node.range, pointer);
  }

  #ignored(entry: YamlEntry, pointer: string, known: readonly string[]): void {
    const message = `Intercept ignores ${quoted(entry.key)}; known here: ${known.map((name) => quoted(name)).join(', ')}`;
    this.#add('intercept-unknown-field', 'warning', message, entry.range, pointer);
  }

  #add(code: InterceptCode, severity: Diagnostic['severity'], message: string, range: Range, pointer: string): void {
    this.diagnostics.push({ code, severity, message, range, pointer });
  }
}
