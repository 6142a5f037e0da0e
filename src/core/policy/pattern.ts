import { RE2JS } from 're2js';
import type { Pattern, PatternCompiler } from './model.ts';

/** Steps of a compiled expression beyond which one match could freeze the run: about 200 times what people write. */
const MAX_PROGRAM_SIZE = 200_000;

const REASON_PREFIX = 'error parsing regexp: ';

/**
 * Compiles an RE2 expression. The pattern's `find` looks anywhere in the text, as Go's `MatchString` does, in time linear
 * in the text. A refusal names RE2's reason, lower case and with the offending part in backticks. Never throws.
 */
export const compilePattern: PatternCompiler = (source) => {
  try {
    const expression = RE2JS.compile(source);
    const size = expression.programSize();
    if (size > MAX_PROGRAM_SIZE)
      return { ok: false, reason: `it is too large: ${size} steps, at most ${MAX_PROGRAM_SIZE}` };
    const pattern: Pattern = { find: (text) => expression.test(text) };
    return { ok: true, pattern };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
};

function reasonOf(error: unknown): string {
  // why: an expression nested too deeply for the parser's own recursion ends the call stack, not in words of RE2.
  if (!(error instanceof Error) || error instanceof RangeError) return 'it is nested too deeply';
  const { message } = error;
  return message.startsWith(REASON_PREFIX) ? message.slice(REASON_PREFIX.length) : message;
}
