import type { Range, TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { JsonNode, ListNode, Member, ObjectNode } from './json-node.ts';

/** Makes edits that fit the text they go into: its indentation, its line ends, one line where it has one line. */
export class Editor {
  readonly #text: string;
  readonly #newline: string;
  readonly #unit: string;
  readonly #isSpaced: boolean;
  /** Offsets where lines begin. */
  readonly #lines: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#isSpaced = /[,:]\s/.test(text);
    this.#lines = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    this.#newline = text.includes('\r\n') ? '\r\n' : '\n';
    this.#unit = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  }

  /** Adds a member before the one at `index`, or at the end. */
  insertMember(object: ObjectNode, index: number, name: string, value: JsonValue): TextEdit {
    return this.#insert(object, object.members, index, (layout) => this.#printMember(name, value, layout));
  }

  /** Adds an element before the one at `index`, or at the end. */
  insertItem(list: ListNode, index: number, value: JsonValue): TextEdit {
    return this.#insert(list, list.items, index, (layout) => this.#print(value, layout));
  }

  /** Puts `"name": value` in the place of a member. */
  replaceMember(object: ObjectNode, member: Member, name: string, value: JsonValue): TextEdit {
    const layout = this.#layoutOf(object, object.members);
    return { range: member.range, text: this.#printMember(name, value, layout) };
  }

  /** Takes out children, given in order, with the commas that would be left over. The edits never overlap. */
  remove(container: ObjectNode | ListNode, indexes: readonly number[]): readonly TextEdit[] {
    const children = container.kind === 'object' ? container.members : container.items;
    if (indexes.length === children.length) {
      return [{ range: { start: container.range.start + 1, end: container.range.end - 1 }, text: '' }];
    }
    const edits: TextEdit[] = [];
    let kept = children.length - 1;
    for (const index of [...indexes].reverse()) {
      const next = children[index + 1];
      const child = children[index];
      if (child === undefined) continue;
      if (index === kept) kept--;
      else if (next !== undefined) edits.push({ range: { start: child.range.start, end: next.range.start }, text: '' });
    }
    const lastKept = children[kept];
    const last = children.at(-1);
    if (lastKept !== undefined && last !== undefined && lastKept !== last) {
      edits.push({ range: { start: lastKept.range.end, end: last.range.end }, text: '' });
    }
    return edits;
  }

  #insert(
    container: ObjectNode | ListNode,
    children: readonly { readonly range: Range }[],
    index: number,
    print: (layout: Layout) => string,
  ): TextEdit {
    const layout = this.#layoutOf(container, children);
    const text = print(layout);
    const next = children[index];
    if (next !== undefined) return { range: emptyAt(next.range.start), text: `${text},${layout.gap}` };
    const last = children.at(-1);
    if (last !== undefined) return { range: emptyAt(last.range.end), text: `,${layout.gap}${text}` };
    const { start } = container.range;
    const before = layout.indent === null ? '' : layout.gap;
    const after = layout.indent === null ? '' : `${this.#newline}${this.#indentAt(start)}`;
    return { range: this.#emptyInside(container.range), text: `${before}${text}${after}` };
  }

  /** The blank inside of an empty container; just behind its opening bracket when a comment stands inside. */
  #emptyInside({ start, end }: Range): Range {
    const isBlank = this.#text.slice(start + 1, end - 1).trim() === '';
    return isBlank ? { start: start + 1, end: end - 1 } : emptyAt(start + 1);
  }

  #layoutOf(container: JsonNode, children: readonly { readonly range: Range }[]): Layout {
    const first = children[0];
    const isOneLine =
      first === undefined
        ? this.#lines.length === 1
        : !this.#text.slice(container.range.start, first.range.start).includes('\n');
    if (isOneLine) return { indent: null, gap: this.#isSpaced ? ' ' : '' };
    const indent =
      first === undefined ? `${this.#indentAt(container.range.start)}${this.#unit}` : this.#indentAt(first.range.start);
    return { indent, gap: `${this.#newline}${indent}` };
  }

  #indentAt(offset: number): string {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const lineStart = this.#lines[low] ?? 0;
    return /^[ \t]*/.exec(this.#text.slice(lineStart, offset))?.[0] ?? '';
  }

  #printMember(name: string, value: JsonValue, layout: Layout): string {
    const isTight = layout.indent === null && !this.#isSpaced;
    return `${JSON.stringify(name)}:${isTight ? '' : ' '}${this.#print(value, layout)}`;
  }

  #print(value: JsonValue, { indent }: Layout): string {
    // why: only the printer's own line ends are replaced, since JSON text holds none inside strings.
    if (indent === null)
      return this.#isSpaced ? JSON.stringify(value, null, 1).replace(/\n */g, ' ') : JSON.stringify(value);
    return JSON.stringify(value, null, this.#unit).replaceAll('\n', `${this.#newline}${indent}`);
  }
}

/** `indent` is null where everything stands on one line. `gap` separates two children, after the comma. */
interface Layout {
  readonly indent: string | null;
  readonly gap: string;
}

function emptyAt(offset: number): Range {
  return { start: offset, end: offset };
}
