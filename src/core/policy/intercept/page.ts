import type { Fix, Range, TextEdit } from '../../diagnostic.ts';
import type { Change, NewCondition, Page, Part } from '../lint/page.ts';
import type { Limit, ToolPolicy } from '../model.ts';
import type { Written } from '../reader.ts';
import { scalarText, YamlEditor } from './yaml-edits.ts';
import { yamlPlaces, type YamlPlace } from './yaml-places.ts';

/** Something that looks like an alias. Behind one, the same text is used in several places, so no fix is offered. */
const ALIAS = /(?:^|[\s,[{:-])\*[\w-]/m;

/** Places in an Intercept text, and fixes that keep every byte they do not change. */
export class InterceptPage implements Page {
  readonly #text: string;
  readonly #places: ReadonlyMap<string, YamlPlace>;
  readonly #editor: YamlEditor;
  readonly #hasAliases: boolean;

  constructor({ text, root }: Extract<Written, { dialect: 'intercept' }>) {
    this.#text = text;
    this.#places = yamlPlaces(root);
    this.#editor = new YamlEditor(text);
    this.#hasAliases = ALIAS.test(text);
  }

  whole(pointer: string): Range | null {
    const range = this.#places.get(pointer)?.whole;
    return range === undefined ? null : this.#trimmed(range);
  }

  name(pointer: string): Range | null {
    return this.#places.get(pointer)?.key ?? null;
  }

  value(pointer: string): Range | null {
    const range = this.#places.get(pointer)?.node.range;
    return range === undefined ? null : this.#trimmed(range);
  }

  part(pointer: string, part: Part): string {
    if (part === 'counter') return `${pointer}.state.counter`;
    return part === 'max' ? this.#maxOf(pointer) : `${pointer}.${part}`;
  }

  item(pointer: string, index: number): string {
    return `${pointer}[${String(index)}]`;
  }

  fix(title: string, ...changes: readonly Change[]): readonly Fix[] {
    if (this.#hasAliases) return [];
    const edits: TextEdit[] = [];
    for (const change of changes) {
      const made = this.#editsOf(change);
      if (made === null) return [];
      edits.push(...made);
    }
    return [{ title, edits }];
  }

  #editsOf(change: Change): readonly TextEdit[] | null {
    switch (change.kind) {
      case 'write':
        return this.#write(this.value(change.pointer), change.value);
      case 'rename':
        return this.#rename(change.pointer, change.name);
      case 'remove': {
        const place = this.#places.get(change.pointer);
        return place === undefined ? null : this.#editor.remove(place);
      }
      case 'require':
        return this.#addRule(change.tool, ruleLines(change.conditions));
      case 'limit':
        return this.#addRule(change.tool, [
          `name: ${change.tool.name}_rate`,
          `rate_limit: ${String(change.max)}/minute`,
        ]);
      case 'add-up':
        return this.#addUp(change.limit, change.path);
    }
  }

  /** The tool's name, and with it the paths that read the tool's own counters. */
  #rename(tool: string, name: string): readonly TextEdit[] | null {
    const edits = this.#write(this.name(tool), name);
    if (edits === null) return null;
    const before = `state.${tool.slice('tools.'.length)}.`;
    const all = [...edits];
    for (const [pointer, { node }] of this.#places) {
      if (!pointer.startsWith(`${tool}.rules[`) || !pointer.endsWith('.path')) continue;
      if (node.kind !== 'scalar' || !node.text.startsWith(before)) continue;
      const path = this.#write(node.range, `state.${name}.${node.text.slice(before.length)}`);
      if (path === null) return null;
      all.push(...path);
    }
    return all;
  }

  #write(range: Range | null, value: Extract<Change, { kind: 'write' }>['value']): readonly TextEdit[] | null {
    if (range === null) return null;
    const text = scalarText(value, this.#text.slice(range.start, range.end));
    return text === null ? null : [{ range, text }];
  }

  /** `lines` are the members of the new rule. */
  #addRule({ pointer }: ToolPolicy, lines: readonly string[]): readonly TextEdit[] | null {
    const flow = `{ ${lines.join(', ')} }`;
    const block = lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
    const rules = this.#places.get(`${pointer}.rules`)?.node;
    if (rules?.kind === 'list') {
      const list = { range: rules.range, children: rules.items.map(({ range }) => range) };
      const isFlow = this.#text[rules.range.start] === '[';
      const edit = isFlow ? this.#editor.appendFlow(list, flow) : this.#editor.appendLines(list, block);
      return edit === null ? null : [edit];
    }
    const tool = this.#places.get(pointer);
    if (tool === undefined || rules !== undefined) return null;
    if (tool.node.kind === 'null') {
      const edit = this.#editor.appendUnder(tool, ['rules:', ...block.map((line) => `  ${line}`)]);
      return edit === null ? null : [edit];
    }
    const isEmpty = tool.node.kind === 'map' && tool.node.entries.length === 0;
    if (!isEmpty) return null;
    return [this.#editor.appendFlow({ range: tool.node.range, children: [] }, `rules: [${flow}]`)];
  }

  #addUp({ pointer }: Limit, path: string): readonly TextEdit[] | null {
    const state = this.#places.get(`${pointer}.state`)?.node;
    if (state?.kind !== 'map') return null;
    const block = { range: state.range, children: state.entries.map(({ range }) => range) };
    const text = `increment_from: ${path}`;
    if (this.#text[state.range.start] === '{') return [this.#editor.appendFlow(block, text)];
    const edit = this.#editor.appendLines(block, [text]);
    return edit === null ? null : [edit];
  }

  /** The number a rule's own counter is compared with, or the shorthand that holds it. */
  #maxOf(rule: string): string {
    const counter = this.#scalar(`${rule}.state.counter`);
    for (let index = 0; this.#places.has(`${rule}.conditions[${String(index)}]`); index++) {
      const at = `${rule}.conditions[${String(index)}]`;
      const isOwn = this.#scalar(`${at}.path`).endsWith(`.${counter}`);
      if (counter !== '' && isOwn && /^lte?$/.test(this.#scalar(`${at}.op`))) return `${at}.value`;
    }
    return `${rule}.rate_limit`;
  }

  #scalar(pointer: string): string {
    const node = this.#places.get(pointer)?.node;
    return node?.kind === 'scalar' ? node.text : '';
  }

  /** Ranges of blocks reach over the line breaks behind them. */
  #trimmed({ start, end }: Range): Range {
    return { start, end: start + this.#text.slice(start, end).trimEnd().length };
  }
}

function ruleLines(conditions: readonly NewCondition[]): readonly string[] {
  const [first] = conditions;
  const name = `${first?.path.split('.').at(-1) ?? 'argument'}-${first?.op ?? 'required'}`;
  const list = conditions.map(
    ({ path, op, value }) => `{ path: ${scalarText(path, '') ?? ''}, op: ${op}, value: ${JSON.stringify(value)} }`,
  );
  return [`name: ${scalarText(name, '') ?? ''}`, `conditions: [${list.join(', ')}]`];
}
