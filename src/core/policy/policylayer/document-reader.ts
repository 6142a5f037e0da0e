import type { Range } from '../../diagnostic.ts';
import type { Report } from '../report.ts';
import { quoted } from '../wording.ts';
import type { JsonNode, ListNode, Member, ObjectNode, ScalarNode } from './json-node.ts';
import { remarks, type Remark } from './syntax-remarks.ts';
import { reportFlaws, reportWord } from './token-problems.ts';
import { createTokens, type Comment, type Token, type TokenKind } from './tokens.ts';

const MAX_DEPTH = 100;
const MAX_MISTAKES = 100;
const CLOSING = { '{': '}', '[': ']' } as const;

type Opening = keyof typeof CLOSING;

/**
 * Reads JSON with comments and trailing commas into a tree. Mistakes are reported one by one, each at the place where
 * the text stops being JSON, and reading goes on behind it. `null` when there is no value at all. Never throws.
 */
export function readDocument(text: string, report: Report): JsonNode | null {
  return new DocumentReader(text, report).read();
}

class DocumentReader {
  readonly #text: string;
  readonly #report: Report;
  readonly #tokens: { next(): Token; readonly comments: readonly Comment[] };
  /** Brackets still open, outermost first. */
  readonly #open: Opening[] = [];
  #token: Token;
  /** Where the token before this one ends: the place for what is missing. */
  #lastEnd = 0;
  #mistakes = 0;
  #stopped = false;
  /** The last token swallowed whatever follows it, so a missing comma there is no news. */
  #forgiving = false;

  constructor(text: string, report: Report) {
    this.#text = text;
    this.#report = report;
    this.#tokens = createTokens(text);
    this.#token = this.#tokens.next();
  }

  read(): JsonNode | null {
    const isEmpty = this.#is('end');
    const root = isEmpty ? null : this.#value();
    if (isEmpty) this.#mistake(remarks.emptyDocument(this.#text));
    else if (root === null) this.#mistake(remarks.noBeginning(this.#token.range, this.#shown()));
    else if (!this.#is('end'))
      this.#mistake(remarks.afterEnd({ start: this.#token.range.start, end: this.#textEnd() }));
    for (const comment of this.#tokens.comments) this.#add(remarks.comment(comment));
    return root;
  }

  /** The value at the current token; null, and nothing consumed, when no value begins here. */
  #value(): JsonNode | null {
    const token = this.#token;
    switch (token.kind) {
      case '{':
        return this.#nested('{', () => this.#members());
      case '[':
        return this.#nested('[', () => this.#items());
      case 'string':
        return this.#scalar(token.value);
      case 'number':
        return this.#scalar(Number(token.value));
      case 'true':
      case 'false':
        return this.#scalar(token.kind === 'true');
      case 'null':
        return this.#scalar(null);
      case 'word':
        this.#count(() => reportWord(token, this.#report));
        return this.#scalar(token.value);
      default:
        return null;
    }
  }

  #scalar(value: ScalarNode['value']): ScalarNode {
    const { range } = this.#token;
    this.#checkFlaws();
    this.#advance();
    return { kind: 'scalar', range, value };
  }

  #nested(opening: Opening, read: () => JsonNode): JsonNode {
    if (this.#open.length >= MAX_DEPTH) {
      this.#mistake(remarks.nestedTooDeep(this.#token.range, MAX_DEPTH));
      this.#stop();
      return { kind: 'scalar', range: this.#token.range, value: null };
    }
    this.#open.push(opening);
    const node = read();
    this.#open.pop();
    return node;
  }

  #members(): ObjectNode {
    const start = this.#token.range.start;
    const members: Member[] = [];
    this.#between('{', () => {
      const member = this.#member();
      if (member !== null) members.push(member);
    });
    return { kind: 'object', range: { start, end: this.#lastEnd }, members };
  }

  #items(): ListNode {
    const start = this.#token.range.start;
    const items: JsonNode[] = [];
    this.#between('[', () => {
      const item = this.#value();
      if (item !== null) items.push(item);
      else this.#strayColon();
    });
    return { kind: 'list', range: { start, end: this.#lastEnd }, items };
  }

  /** Reads from an opening bracket to its closing one: `part` after `part`, with exactly one comma between them. */
  #between(opening: Opening, part: () => void): void {
    this.#advance();
    let comma: Range | null = null;
    let isFirst = true;
    while (!this.#ends(opening)) {
      if (this.#is(',')) {
        this.#skipCommas();
        continue;
      }
      if (!isFirst && comma === null) this.#missingComma();
      part();
      isFirst = false;
      comma = this.#is(',') ? this.#token.range : null;
      if (comma !== null) this.#advance();
    }
    if (comma !== null && !this.#stopped) this.#add(remarks.trailingComma(comma));
    if (!this.#isOfOuter(opening)) this.#advance();
  }

  #is(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  /** Whether the container ends here, at a bracket or with the text. */
  #ends(opening: Opening): boolean {
    const { kind, range } = this.#token;
    const wanted = CLOSING[opening];
    if (kind === wanted) return true;
    if (kind === 'end') {
      this.#reportUnclosed();
      return true;
    }
    if (kind !== '}' && kind !== ']') return false;
    const bracket = { opening, wanted };
    const isOfOuter = this.#isOfOuter(opening);
    this.#mistake(
      isOfOuter ? remarks.stillOpen(range, this.#lastEnd, bracket) : remarks.wrongBracket(range, kind, bracket),
    );
    return true;
  }

  /** Whether the closing bracket here is not this container's but fits one around it. */
  #isOfOuter(opening: Opening): boolean {
    const { kind } = this.#token;
    if (kind === CLOSING[opening]) return false;
    return this.#open.slice(0, -1).some((outer) => CLOSING[outer] === kind);
  }

  #member(): Member | null {
    const { kind, range: key, value: name } = this.#token;
    if (kind === '{' || kind === '[' || kind === ':') {
      this.#mistake(remarks.missingName(key));
      if (kind === ':') this.#advance();
      this.#value();
      return null;
    }
    if (kind === 'string') this.#checkFlaws();
    else this.#mistake(remarks.unquotedName(key, name));
    this.#advance();
    const value = this.#memberValue(key, name);
    return { name, key, range: { start: key.start, end: Math.max(value.range.end, key.end) }, value };
  }

  #memberValue(key: Range, name: string): JsonNode {
    const colon = this.#colon(key, name);
    const place = { start: this.#lastEnd, end: this.#lastEnd };
    const value = this.#value();
    if (value !== null) return value;
    if (colon !== null) this.#mistake(remarks.missingValue(colon, name));
    return { kind: 'scalar', range: place, value: null };
  }

  #colon(key: Range, name: string): Range | null {
    if (this.#is(':')) {
      const { range } = this.#token;
      this.#advance();
      return range;
    }
    if (!this.#forgiving) this.#mistake(remarks.missingColon(key, name));
    return null;
  }

  #missingComma(): void {
    if (this.#forgiving || this.#is(':')) return;
    this.#mistake(remarks.missingComma(this.#token.range, this.#lastEnd, this.#shown()));
  }

  /** One remark for a run of commas, however long. */
  #skipCommas(): void {
    const { start } = this.#token.range;
    while (this.#is(',')) this.#advance();
    this.#mistake(remarks.extraComma({ start, end: this.#lastEnd }));
  }

  #strayColon(): void {
    this.#mistake(remarks.strayColon(this.#token.range));
    this.#advance();
    this.#forgiving = true;
  }

  #reportUnclosed(): void {
    if (this.#stopped) return;
    const missing = this.#open.reduce((inner, opening) => CLOSING[opening] + inner, '');
    const end = this.#textEnd();
    const inComment = this.#tokens.comments.some(({ range }) => range.end >= end);
    this.#mistake(remarks.unclosed(end, missing, inComment));
    this.#stop();
  }

  /** Where the text ends but for white space. */
  #textEnd(): number {
    let end = this.#text.length;
    while (end > 0 && ' \t\r\n'.includes(this.#text[end - 1] ?? '')) end--;
    return end;
  }

  #checkFlaws(): void {
    const token = this.#token;
    if (token.flaw !== 'none') this.#count(() => reportFlaws(this.#text, token, this.#report));
  }

  #mistake(remark: Remark): void {
    this.#count(() => this.#add(remark));
  }

  #add({ code, range, message, fix }: Remark): void {
    this.#report.add(code, range, '', message, ...(fix === undefined ? [] : [fix]));
  }

  /** Reports unless reading was given up, and gives up after too many mistakes. */
  #count(report: () => void): void {
    if (this.#stopped) return;
    report();
    this.#mistakes++;
    if (this.#mistakes < MAX_MISTAKES) return;
    this.#add(remarks.tooMany(this.#token.range, MAX_MISTAKES));
    this.#stop();
  }

  #stop(): void {
    this.#stopped = true;
    const end = this.#text.length;
    this.#token = { kind: 'end', range: { start: end, end }, value: '', flaw: 'none' };
  }

  #advance(): void {
    this.#lastEnd = this.#token.range.end;
    this.#forgiving = this.#token.flaw === 'unclosed';
    if (!this.#stopped) this.#token = this.#tokens.next();
  }

  #shown(): string {
    const { start, end } = this.#token.range;
    return this.#token.kind === 'end' ? 'the end' : quoted(this.#text.slice(start, end));
  }
}
