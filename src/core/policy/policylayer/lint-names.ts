import type { Fix, Range } from '../../diagnostic.ts';
import type { HideEntry, Policy, ToolPolicy } from '../model.ts';
import { replacement } from '../report.ts';
import { quoted } from '../wording.ts';
import { memberOf, type ListNode, type ObjectNode } from './json-node.ts';
import { suggest, type Reading } from './place.ts';

/** Remarks on which tools a policy names: unknown, hidden and listed, none at all, all of them by `*`. */
export function lintNames(reading: Reading, root: ObjectNode, policy: Policy, known: readonly string[] | null): void {
  const hide = memberOf(root, 'hide')?.value;
  const tools = memberOf(root, 'tools')?.value;
  const lint = new NameLint(reading, {
    policy,
    known: known === null ? null : { list: known, set: new Set(known) },
    hide: hide?.kind === 'list' ? hide : null,
    tools: tools?.kind === 'object' ? tools : null,
  });
  lint.run(memberOf(root, 'default')?.value.range ?? root.range);
}

interface Names {
  readonly policy: Policy;
  readonly known: { readonly list: readonly string[]; readonly set: ReadonlySet<string> } | null;
  readonly hide: ListNode | null;
  readonly tools: ObjectNode | null;
}

class NameLint {
  readonly #reading: Reading;
  readonly #names: Names;

  constructor(reading: Reading, names: Names) {
    this.#reading = reading;
    this.#names = names;
  }

  run(defaultRange: Range): void {
    const { policy } = this.#names;
    const hidden = new Map(policy.hide.map((entry, index) => [entry.name, index]));
    const hidesAll = hidden.has('*');
    policy.hide.forEach((entry, index) => this.#hideEntry(entry, index));
    for (const tool of policy.tools.values()) this.#tool(tool, hidesAll ? undefined : hidden.get(tool.name));
    if (policy.defaultAction === 'deny' && policy.tools.size === 0 && !hidesAll) {
      const message = 'no tool is listed, so every call is denied; list tools in `tools`, `{}` allows one';
      this.#reading.report.add('nothing-allowed', defaultRange, '/default', message);
    }
  }

  #hideEntry({ name, pointer }: HideEntry, index: number): void {
    const range = this.#names.hide?.items[index]?.range;
    if (range === undefined) return;
    if (name === '*') {
      const message = '`*` hides every tool, so every call is denied; name single tools instead';
      this.#reading.report.add('hide-everything', range, pointer, message);
    } else this.#unknown(name, range, pointer);
  }

  #tool({ name, pointer }: ToolPolicy, hideIndex: number | undefined): void {
    const key = this.#names.tools === null ? undefined : memberOf(this.#names.tools, name)?.key;
    if (key === undefined) return;
    if (name === '*') {
      const message = '`*` is read as the name of one tool; move limits for every tool to `all_tools`';
      this.#reading.report.add('star-tool', key, pointer, message);
      return;
    }
    this.#unknown(name, key, pointer);
    if (hideIndex === undefined) return;
    const message = `${quoted(name)} is hidden too, so its rules are never reached; keep one of the two`;
    this.#reading.report.add('hidden-and-listed', key, pointer, message, ...this.#unhide(hideIndex));
  }

  #unhide(index: number): readonly Fix[] {
    const { hide } = this.#names;
    if (hide === null) return [];
    return [{ title: 'Remove it from `hide`', edits: this.#reading.editor().remove(hide, [index]) }];
  }

  #unknown(name: string, range: Range, pointer: string): void {
    const { known, policy } = this.#names;
    if (known === null || known.set.has(name)) return;
    const near = suggest(this.#reading, name, known.list);
    const isTaken = near !== null && (policy.tools.has(near) || policy.hide.some((entry) => entry.name === near));
    const fixes = near === null || isTaken ? [] : [replacement(`Write \`${near}\``, range, JSON.stringify(near))];
    const advice = near === null ? 'check the name' : `write ${quoted(near)}`;
    this.#reading.report.add(
      'unknown-tool',
      range,
      pointer,
      `the server has no tool ${quoted(name)}; ${advice}`,
      ...fixes,
    );
  }
}
