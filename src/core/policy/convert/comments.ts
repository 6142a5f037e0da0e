import { visit } from 'jsonc-parser';
import { CST, Lexer } from 'yaml';
import type { Anchor, ParseResult } from '../reader.ts';

/** A comment of a policy, without its marks, and what it is about: a place of the policy, or the whole of it. */
export interface SourceComment {
  /** Lines are parted by `\n`; none holds a character that YAML forbids. */
  readonly text: string;
  /** Empty for the whole document. */
  readonly pointer: string;
  /** The tool the place belongs to; empty for none. */
  readonly tool: string;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The comments of a policy text without errors, in order. A comment is about the place that ends before it on its line,
 * else the next place within the one it stands in, else that one.
 */
export function commentsOf(text: string, reading: ParseResult): readonly SourceComment[] {
  const found = reading.dialect === 'intercept' ? yamlComments(text) : jsonComments(text);
  if (found.length === 0) return [];
  const anchors = [...reading.anchors()].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  const places = new Places(anchors);
  let headEnd = text.startsWith('\ufeff') ? 1 : 0;
  return found.map(({ start, end, text: words }) => {
    // why: what stands in front of everything is said of the whole.
    const isHead = text.slice(headEnd, start).trim() === '';
    if (isHead) headEnd = end;
    const about = isHead ? undefined : places.at(start, text);
    return { text: words, pointer: about?.pointer ?? '', tool: about?.tool ?? '' };
  });
}

/** Walks the places of a policy, which are sorted by their start, alongside its comments. */
class Places {
  readonly #anchors: readonly Anchor[];
  readonly #open: Anchor[] = [];
  #ended: Anchor | undefined;
  #next = 0;

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = anchors;
  }

  /** What a comment at `start` is about; offsets must ascend. */
  at(start: number, text: string): Anchor | undefined {
    for (let anchor = this.#anchors[this.#next]; anchor && anchor.range.start < start;) {
      this.#closeBefore(anchor.range.start);
      this.#open.push(anchor);
      anchor = this.#anchors[++this.#next];
    }
    this.#closeBefore(start);
    const ended = this.#ended;
    if (ended !== undefined && /^[ \t,]*$/.test(text.slice(ended.range.end, start))) return ended;
    const around = this.#open.at(-1);
    const after = this.#anchors[this.#next];
    return after !== undefined && after.range.start < (around?.range.end ?? Infinity) ? after : around;
  }

  #closeBefore(offset: number): void {
    while ((this.#open.at(-1)?.range.end ?? Infinity) <= offset) this.#ended = this.#open.pop();
  }
}

function jsonComments(text: string): readonly Found[] {
  const found: Found[] = [];
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  visit(
    text.slice(mark),
    {
      onComment(offset, length) {
        const start = offset + mark;
        const written = text.slice(start, start + length);
        const inner = written.startsWith('//') ? written.slice(2) : written.slice(2, -2).replace(/\n[ \t]*\*/g, '\n');
        found.push({ start, end: start + length, text: cleaned(inner) });
      },
    },
    { allowTrailingComma: true },
  );
  return found;
}

function yamlComments(text: string): readonly Found[] {
  const found: Found[] = [];
  let start = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const kind = CST.tokenType(lexeme);
    if (kind === 'comment') found.push({ start, end: start + lexeme.length, text: cleaned(lexeme.slice(1)) });
    // why: these two stand for no character of the text.
    if (kind !== 'doc-mode' && kind !== 'scalar') start += lexeme.length;
  }
  return found;
}

function cleaned(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map((line) => line.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim());
  return lines.join('\n').trim();
}
