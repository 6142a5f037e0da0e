import type { Dialect, PatternCompiler } from './model.ts';
import { readPolicylayer } from './policylayer/read.ts';
import type { DialectReader, ParseResult } from './reader.ts';
import { Report } from './report.ts';

/** How to read a text, and with what. */
export interface ParseOptions {
  /** `auto` decides by `recognizeDialect`. */
  readonly dialect: Dialect | 'auto';
  readonly compilePattern: PatternCompiler;
  /** Readers that are loaded on demand. Load Intercept's before parsing what `recognizeDialect` calls `intercept`. */
  readonly readers?: { readonly intercept?: DialectReader };
}

/**
 * Reads a policy of either dialect into the one form that is evaluated, or says everything that is wrong with it.
 * Never throws, whatever the text; an Intercept policy without its reader comes back as one error.
 */
export function parsePolicy(text: string, options: ParseOptions): ParseResult {
  const dialect = options.dialect === 'auto' ? recognizeDialect(text) : options.dialect;
  if (dialect === 'policylayer') return readPolicylayer(text, options);
  return options.readers?.intercept?.(text, options) ?? missingReader(text);
}

/**
 * The dialect a text is in: `policylayer` when it is empty or starts like JSON, behind white space and JSON comments,
 * `intercept` otherwise. Text in double quotes is JSON unless a colon follows, as in YAML with quoted names.
 */
export function recognizeDialect(text: string): Dialect {
  const start = skipBlank(text, text.startsWith('\ufeff') ? 1 : 0);
  const first = text[start];
  if (first === undefined || first === '{' || first === '[') return 'policylayer';
  if (first === '"') return isQuotedName(text, start) ? 'intercept' : 'policylayer';
  const scalar = /^(?:true|false|null|-?\d[\d.eE+-]*)[ \t\r\n]*$/.exec(text.slice(start, start + 64));
  return scalar !== null && text.length - start <= 64 ? 'policylayer' : 'intercept';
}

/** False only when no `regex` operator can be in the text, so that the RE2 engine need not be loaded: escapes could spell it. */
export function mayHavePatterns(text: string): boolean {
  return text.includes('regex') || /\\[ux\r\n]/i.test(text);
}

function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
    const mark = text.slice(at, at + 2);
    if (mark !== '//' && mark !== '/*') return at;
    const end = mark === '//' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 1;
    // why: an unclosed comment reaches to the end, where `indexOf` gives -1 (and 0 for `*/`, with its second character).
    if (end <= 0) return text.length;
    at = end + 1;
  }
}

function isQuotedName(text: string, start: number): boolean {
  let at = start + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  at++;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return text[at] === ':';
}

function missingReader(text: string): ParseResult {
  const report = new Report();
  const message = 'the reader for Intercept policies is not loaded; try again';
  report.add('reader-not-loaded', { start: 0, end: text.length }, '', message);
  return {
    dialect: 'intercept',
    diagnostics: report.sorted(),
    policy: null,
    written: null,
    locate: () => null,
    anchors: () => [],
  };
}
