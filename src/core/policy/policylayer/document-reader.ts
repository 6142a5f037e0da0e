import type { Fix, Range } from '../../diagnostic.ts';
import type { PolicyCode } from '../codes.ts';
import { replacement, type Report } from '../report.ts';
import { quoted } from '../wording.ts';
import type { JsonNode, ListNode, Member, ObjectNode, ScalarNode } from './json-node.ts';
import { reportFlaws, reportWord } from './token-problems.ts';
import { createTokens, type Comment, type Token, type TokenKind } from './tokens.ts';

const MAX_DEPTH = 100;
const MAX_MISTAKES = 100;
const SMALLEST_POLICY = '{ "version": "1", "default": "deny" }';
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
    if (this.#is('end')) {
      this.#reportEmpty();
      return null;
    }
    const root = this.#value();
    if (root === null)
      this.#mistake('not-a-value', this.#token.range, `a policy cannot begin with ${this.#shown()}; begin with \`{\``);
    else if (!this.#is('end')) this.#reportRest();
    this.#reportComments();
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
      this.#mistake('nested-too-deep', this.#token.range, `more than ${MAX_DEPTH} levels; take some out`);
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
      else this.#unexpected('a list has values only, no names');
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
    if (comma !== null && !this.#stopped) this.#trailingComma(comma);
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
    if (this.#isOfOuter(opening)) {
      const fix = replacement(`Insert \`${wanted}\``, { start: this.#lastEnd, end: this.#lastEnd }, wanted);
      this.#mistake(
        'unclosed-bracket',
        range,
        `a \`${opening}\` is still open here; write \`${wanted}\` before this`,
        fix,
      );
    } else {
      const fix = replacement(`Write \`${wanted}\``, range, wanted);
      this.#mistake(
        'wrong-bracket',
        range,
        `\`${kind}\` cannot close what \`${opening}\` opened; write \`${wanted}\``,
        fix,
      );
    }
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
      this.#mistake('missing-name', key, 'this value has no name; write one in double quotes and a colon before it');
      if (kind === ':') this.#advance();
      this.#value();
      return null;
    }
    if (kind === 'string') this.#checkFlaws();
    else this.#unquotedName();
    this.#advance();
    const value = this.#memberValue(key, name);
    return { name, key, range: { start: key.start, end: Math.max(value.range.end, key.end) }, value };
  }

  #memberValue(key: Range, name: string): JsonNode {
    const colon = this.#colon(key, name);
    const place = { start: this.#lastEnd, end: this.#lastEnd };
    const value = this.#value();
    if (value !== null) return value;
    if (colon !== null)
      this.#mistake('missing-value', colon, `${quoted(name)} has no value; write one after the colon`);
    return { kind: 'scalar', range: place, value: null };
  }

  #colon(key: Range, name: string): Range | null {
    if (this.#is(':')) {
      const { range } = this.#token;
      this.#advance();
      return range;
    }
    if (this.#forgiving) return null;
    const fix = replacement('Insert the colon', { start: key.end, end: key.end }, ':');
    this.#mistake('missing-colon', key, `${quoted(name)} is not followed by a colon; write \`: value\` after it`, fix);
    return null;
  }

  #unquotedName(): void {
    const { range, value } = this.#token;
    const bare = value.replace(/^['“”‘’]|['“”‘’]$/g, '');
    const fix = replacement('Put it in double quotes', range, JSON.stringify(bare));
    this.#mistake('missing-quotes', range, `the name ${quoted(bare)} has no double quotes; put them around it`, fix);
  }

  #missingComma(): void {
    if (this.#forgiving || this.#is(':')) return;
    const place = { start: this.#lastEnd, end: this.#lastEnd };
    const fix = replacement('Insert the comma', place, ',');
    this.#mistake('missing-comma', this.#token.range, `a comma is missing before ${this.#shown()}; write one`, fix);
  }

  /** One remark for a run of commas, however long. */
  #skipCommas(): void {
    const { start } = this.#token.range;
    while (this.#is(',')) this.#advance();
    const range = { start, end: this.#lastEnd };
    this.#mistake('extra-comma', range, 'this comma separates nothing; remove it', replacement('Remove it', range, ''));
  }

  #trailingComma(range: Range): void {
    const fix = replacement('Remove the comma', range, '');
    this.#report.add('trailing-comma', range, '', 'strict JSON has no comma here; remove it before you export', fix);
  }

  #unexpected(why: string): void {
    this.#mistake('unexpected-text', this.#token.range, `${this.#shown()} cannot stand here: ${why}; remove it`);
    this.#advance();
    this.#forgiving = true;
  }

  #reportUnclosed(): void {
    if (this.#stopped) return;
    const missing = this.#open.reduce((inner, opening) => CLOSING[opening] + inner, '');
    const end = this.#textEnd();
    // why: on the line of a `//` comment the bracket would become part of it.
    const inComment = this.#tokens.comments.some(({ range }) => range.end >= end);
    const fix = replacement(`Add \`${missing}\``, { start: end, end }, inComment ? `\n${missing}` : missing);
    const range = { start: Math.max(0, end - 1), end };
    this.#mistake('unclosed-bracket', range, `the text ends too early; add \`${missing}\` to close what is open`, fix);
    this.#stop();
  }

  #reportRest(): void {
    const range = { start: this.#token.range.start, end: this.#textEnd() };
    const fix = replacement('Remove it', range, '');
    this.#mistake('unexpected-text', range, 'nothing may follow the end of the policy; remove this', fix);
  }

  #reportEmpty(): void {
    const range = { start: 0, end: this.#text.length };
    const start = this.#text.startsWith('\ufeff') ? 1 : 0;
    const fix = replacement('Start with a policy that denies everything', { start, end: start }, SMALLEST_POLICY);
    this.#mistake('empty-document', range, `there is no policy here; begin with \`${SMALLEST_POLICY}\``, fix);
    this.#reportComments();
  }

  /** Where the text ends but for white space. */
  #textEnd(): number {
    let end = this.#text.length;
    while (end > 0 && ' \t\r\n'.includes(this.#text[end - 1] ?? '')) end--;
    return end;
  }

  #reportComments(): void {
    for (const { range, closed } of this.#tokens.comments) {
      if (closed) {
        const fix = replacement('Remove the comment', range, '');
        this.#report.add('comment', range, '', 'strict JSON has no comments; remove it before you export', fix);
      } else {
        const fix = replacement('Close the comment', { start: range.end, end: range.end }, '*/');
        this.#report.add('unclosed-comment', range, '', 'this comment never ends; write `*/` after it', fix);
      }
    }
  }

  #checkFlaws(): void {
    const token = this.#token;
    if (token.flaw !== 'none') this.#count(() => reportFlaws(this.#text, token, this.#report));
  }

  #mistake(code: PolicyCode, range: Range, message: string, ...fixes: readonly Fix[]): void {
    this.#count(() => this.#report.add(code, range, '', message, ...fixes));
  }

  /** Reports unless reading was given up, and gives up after too many mistakes. */
  #count(report: () => void): void {
    if (this.#stopped) return;
    report();
    this.#mistakes++;
    if (this.#mistakes < MAX_MISTAKES) return;
    const message = `reading stops after ${MAX_MISTAKES} mistakes; mend those above, or paste the policy again`;
    this.#report.add('too-many-mistakes', this.#token.range, '', message);
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
