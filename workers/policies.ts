import { mayHavePatterns, parsePolicy, recognizeDialect } from '../src/core/policy/parse.ts';
import type { PatternCompiler } from '../src/core/policy/model.ts';
import type { DialectReader, ParseResult } from '../src/core/policy/reader.ts';
import type { CheckResult, PolicySource } from './engine-api.ts';

/** Texts whose result is kept: the one being edited and the one being run. */
const KEPT = 2;

const withoutPatterns: PatternCompiler = () => ({ ok: false, reason: 'the pattern engine is not loaded' });

/** Reads policy texts, each once. Readers that few policies need are loaded when one does. */
export class Policies {
  /** The newest last. */
  #kept: { readonly source: PolicySource; readonly result: Promise<ParseResult> }[] = [];

  /** What a text says; see `parsePolicy`. */
  parse(source: PolicySource): Promise<ParseResult> {
    const known = this.#kept.find(
      ({ source: { dialect, text } }) => dialect === source.dialect && text === source.text,
    );
    const kept = known ?? { source, result: parse(source) };
    this.#kept = [...this.#kept.filter((other) => other !== kept), kept].slice(-KEPT);
    // why: a reader that could not be fetched may be there the next time.
    kept.result.catch(() => (this.#kept = this.#kept.filter((other) => other !== kept)));
    return kept.result;
  }

  /** Diagnostics of a text, and what the policy does when it has no errors. */
  async check(source: PolicySource): Promise<CheckResult> {
    const [result, { checkParsed }] = await Promise.all([this.parse(source), import('./check-parsed.ts')]);
    return checkParsed(result);
  }
}

async function parse({ dialect, text }: PolicySource): Promise<ParseResult> {
  const actual = dialect === 'auto' ? recognizeDialect(text) : dialect;
  const compilePattern = mayHavePatterns(text) ? await loadPatterns() : withoutPatterns;
  const readers = actual === 'intercept' ? { intercept: await loadIntercept() } : {};
  return parsePolicy(text, { dialect: actual, compilePattern, readers });
}

async function loadPatterns(): Promise<PatternCompiler> {
  return (await import('../src/core/policy/pattern.ts')).compilePattern;
}

async function loadIntercept(): Promise<DialectReader> {
  return (await import('../src/core/policy/read-intercept.ts')).readIntercept;
}
