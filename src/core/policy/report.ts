import type { Diagnostic, Fix, Range, Severity } from '../diagnostic.ts';
import { POLICY_CODES, type PolicyCode } from './codes.ts';

/** Collects the remarks on one text. */
export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  #hasErrors = false;

  /** Severity comes from the code's table entry. */
  add(code: PolicyCode, range: Range, pointer: string, message: string, ...fixes: readonly Fix[]): void {
    const severity: Severity = POLICY_CODES[code];
    if (severity === 'error') this.#hasErrors = true;
    this.#diagnostics.push({ code, severity, message, range, pointer, ...(fixes.length > 0 ? { fixes } : {}) });
  }

  get hasErrors(): boolean {
    return this.#hasErrors;
  }

  /** In the order of the text; remarks on one place in the order they were made. */
  sorted(): readonly Diagnostic[] {
    return [...this.#diagnostics].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  }
}

/** The fix that replaces one range. */
export function replacement(title: string, range: Range, text: string): Fix {
  return { title, edits: [{ range, text }] };
}
