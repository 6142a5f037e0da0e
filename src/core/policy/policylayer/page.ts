import type { Fix, Range, TextEdit } from '../../diagnostic.ts';
import type { JsonObject } from '../../json.ts';
import type { Change, NewCondition, Page } from '../lint/page.ts';
import type { Limit, ToolPolicy } from '../model.ts';
import { childPointer } from '../pointer.ts';
import type { Written } from '../reader.ts';
import { Editor } from './edits.ts';
import { locateNode, memberOf, type JsonNode, type Member, type ObjectNode } from './json-node.ts';

/** Places in a `policylayer` text, and fixes that keep its layout. */
export class JsonPage implements Page {
  readonly #text: string;
  readonly #root: JsonNode;
  #editor: Editor | null = null;

  constructor({ text, root }: Extract<Written, { dialect: 'policylayer' }>) {
    this.#text = text;
    this.#root = root;
  }

  /** Made when first asked for: few texts need a fix. */
  get editor(): Editor {
    return (this.#editor ??= new Editor(this.#text));
  }

  /** The object a pointer leads to; null when something else or nothing is there. */
  object(pointer: string): ObjectNode | null {
    const node = locateNode(this.#root, pointer)?.node;
    return node?.kind === 'object' ? node : null;
  }

  whole(pointer: string): Range | null {
    return locateNode(this.#root, pointer)?.range ?? null;
  }

  name(pointer: string): Range | null {
    return this.#member(pointer)?.key ?? null;
  }

  value(pointer: string): Range | null {
    return locateNode(this.#root, pointer)?.node.range ?? null;
  }

  part(pointer: string, part: string): string {
    return childPointer(pointer, part);
  }

  item(pointer: string, index: number): string {
    return childPointer(pointer, index);
  }

  fix(title: string, ...changes: readonly Change[]): readonly Fix[] {
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
        return replaced(this.value(change.pointer), JSON.stringify(change.value));
      case 'rename':
        return replaced(this.name(change.pointer), JSON.stringify(change.name));
      case 'remove':
        return this.#remove(change.pointer);
      case 'require':
        return this.#require(change.tool, change.conditions);
      case 'limit':
        return this.#limit(change.tool, change.max);
      case 'add-up':
        return this.#addUp(change.limit, change.path);
    }
  }

  #parent(pointer: string): JsonNode | null {
    return locateNode(this.#root, pointer.slice(0, pointer.lastIndexOf('/')))?.node ?? null;
  }

  #member(pointer: string): Member | null {
    const parent = this.#parent(pointer);
    const range = this.whole(pointer);
    if (parent?.kind !== 'object' || range === null) return null;
    return parent.members.find((member) => member.range.start === range.start) ?? null;
  }

  #remove(pointer: string): readonly TextEdit[] | null {
    const parent = this.#parent(pointer);
    const range = this.whole(pointer);
    if (parent === null || parent.kind === 'scalar' || range === null) return null;
    const children = parent.kind === 'object' ? parent.members : parent.items;
    const index = children.findIndex((child) => child.range.start === range.start);
    return index < 0 ? null : this.editor.remove(parent, [index]);
  }

  #require({ pointer }: ToolPolicy, conditions: readonly NewCondition[]): readonly TextEdit[] | null {
    const node = this.object(pointer);
    if (node === null) return null;
    const rule = { conditions: conditions.map(({ path, op, value }) => ({ path, op, value })) };
    const list = memberOf(node, 'require')?.value;
    if (list?.kind === 'list') return [this.editor.insertItem(list, list.items.length, rule)];
    const index = node.members.findIndex(({ name }) => name === 'deny_if' || name === 'limits');
    return [this.editor.insertMember(node, index, 'require', [rule])];
  }

  #limit({ pointer, name }: ToolPolicy, max: number): readonly TextEdit[] | null {
    const node = this.object(pointer);
    if (node === null) return null;
    const limit: JsonObject = { counter: `${name}_rate`, window: 'minute', max, scope: 'grant' };
    const list = memberOf(node, 'limits')?.value;
    if (list?.kind === 'list') return [this.editor.insertItem(list, list.items.length, limit)];
    return [this.editor.insertMember(node, node.members.length, 'limits', [limit])];
  }

  #addUp({ pointer }: Limit, path: string): readonly TextEdit[] | null {
    const node = this.object(pointer);
    if (node === null) return null;
    const fixed = memberOf(node, 'increment');
    if (fixed !== undefined) return [this.editor.replaceMember(node, fixed, 'increment_from', path)];
    return [this.editor.insertMember(node, node.members.length, 'increment_from', path)];
  }
}

function replaced(range: Range | null, text: string): readonly TextEdit[] | null {
  return range === null ? null : [{ range, text }];
}
