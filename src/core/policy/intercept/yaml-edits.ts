import type { Range, TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { YamlPlace } from './yaml-places.ts';

const PLAIN = /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/;
const WORDS = new Set(['true', 'false', 'null']);

/** A single value as YAML, in the style of the one it replaces; null when that stands in a block of lines. */
export function scalarText(value: JsonValue, written: string): string | null {
  if (/^[|>]/.test(written)) return null;
  if (typeof value !== 'string') return JSON.stringify(value);
  if (written.startsWith("'"))
    return /\p{Cc}/u.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
  const isPlain = !written.startsWith('"') && PLAIN.test(value) && !WORDS.has(value.toLowerCase());
  return isPlain ? value : JSON.stringify(value);
}

/** Makes edits of YAML that touch whole lines or whole elements, so that every other byte stays. */
export class YamlEditor {
  readonly #text: string;
  readonly #newline: string;

  constructor(text: string) {
    this.#text = text;
    this.#newline = text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** Takes out an element or a member; null where it shares its lines with something else. */
  remove({ whole, parent }: YamlPlace): readonly TextEdit[] | null {
    if (parent === null) return null;
    const opening = this.#text[parent.range.start] ?? '';
    if (opening === '[' || opening === '{') return this.#removeFlow(whole, parent);
    const start = this.#lineStart(whole.start);
    if (!/^[ \t]*(?:-[ \t]+)?$/.test(this.#text.slice(start, whole.start))) return null;
    return [{ range: { start, end: this.#lineEnd(this.#contentEnd(whole)) }, text: '' }];
  }

  /** Adds lines after the last element of a block list or of a block mapping, at the elements' own indentation. */
  appendLines({ children, range }: NonNullable<YamlPlace['parent']>, lines: readonly string[]): TextEdit | null {
    const [first] = children;
    const last = children.at(-1);
    if (first === undefined || last === undefined || '[{'.includes(this.#text[range.start] ?? '')) return null;
    const lead = this.#text.slice(this.#lineStart(first.start), first.start);
    if (!/^[ \t]*(?:-[ \t]+)?$/.test(lead)) return null;
    const indent = /^[ \t]*/.exec(lead)?.[0] ?? '';
    return this.#insertLines(
      this.#contentEnd(last),
      lines.map((line) => `${indent}${line}`),
    );
  }

  /** Adds an element to a list, or a member to a mapping, that stands in brackets. */
  appendFlow({ children, range }: NonNullable<YamlPlace['parent']>, text: string): TextEdit {
    const last = children.at(-1);
    if (last !== undefined) return { range: { start: last.end, end: last.end }, text: `, ${text}` };
    return { range: { start: range.start + 1, end: range.end - 1 }, text: ` ${text} ` };
  }

  /** Adds lines under a member that has no value yet, indented by two more; null when something follows its colon. */
  appendUnder({ key, whole }: YamlPlace, lines: readonly string[]): TextEdit | null {
    if (key === null) return null;
    const end = this.#lineEnd(whole.start);
    const after = this.#text.slice(key.end, end).trimEnd();
    const lead = this.#text.slice(this.#lineStart(whole.start), whole.start);
    if (!/^[ \t]*:[ \t]*(?:#.*)?$/.test(after) || lead.trim() !== '') return null;
    return this.#insertLines(
      key.end,
      lines.map((line) => `${lead}  ${line}`),
    );
  }

  #insertLines(after: number, lines: readonly string[]): TextEdit {
    const at = this.#lineEnd(after);
    const hasBreak = at > 0 && this.#text[at - 1] === '\n';
    const body = lines.join(this.#newline);
    return { range: { start: at, end: at }, text: hasBreak ? `${body}${this.#newline}` : `${this.#newline}${body}` };
  }

  #removeFlow(whole: Range, { range, children }: NonNullable<YamlPlace['parent']>): readonly TextEdit[] {
    const index = children.findIndex(({ start }) => start === whole.start);
    const next = children[index + 1];
    const before = children[index - 1];
    if (next !== undefined) return [{ range: { start: whole.start, end: next.start }, text: '' }];
    if (before !== undefined) return [{ range: { start: before.end, end: whole.end }, text: '' }];
    return [{ range: { start: range.start + 1, end: range.end - 1 }, text: '' }];
  }

  /** Where an element's own text ends: ranges of blocks reach over the line breaks behind them. */
  #contentEnd({ start, end }: Range): number {
    return start + this.#text.slice(start, end).trimEnd().length;
  }

  #lineStart(offset: number): number {
    return this.#text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Behind the line break of the line an offset is in. */
  #lineEnd(offset: number): number {
    const at = this.#text.indexOf('\n', offset);
    return at < 0 ? this.#text.length : at + 1;
  }
}
