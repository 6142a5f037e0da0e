import { TOOLS } from '../core/catalogue/tools.ts';
import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import { checkPolicy } from '../core/policy/check.ts';
import { commentsOf } from '../core/policy/convert/comments.ts';
import { convertPolicy } from '../core/policy/convert/convert.ts';
import { parsePolicy } from '../core/policy/parse.ts';
import { compilePattern } from '../core/policy/pattern.ts';
import { readIntercept } from '../core/policy/read-intercept.ts';
import { checkScenario } from '../core/scenario/check.ts';
import type { CodeCase } from './code-cases.ts';

/** What the product says of a case: the remark of its code, and the fix it offers first, if any. */
export interface CodeRemark {
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string | null;
}

function diagnosticsOf({ code, policy, scenario }: CodeCase): readonly Diagnostic[] {
  if (policy === undefined) return checkScenario(scenario).diagnostics;
  // why: it is the one code that says a part of the program is not there.
  const readers = code === 'reader-not-loaded' ? {} : { intercept: readIntercept };
  return checkPolicy(parsePolicy(policy.text, { dialect: policy.dialect, compilePattern, readers }), { tools: TOOLS });
}

/** The remark that a case gives; null where it does not give its code. */
export function remarkOn(example: CodeCase): CodeRemark | null {
  const found = diagnosticsOf(example).find(({ code }) => code === example.code);
  if (found === undefined) return null;
  return { severity: found.severity, message: found.message, fix: found.fixes?.[0]?.title ?? null };
}

/** What the conversion of a case says under its code; null where it says nothing. */
export function noteOn({ code, policy }: CodeCase): string | null {
  if (policy === undefined) return null;
  const { dialect, text } = policy;
  const parsed = parsePolicy(text, { dialect, compilePattern, readers: { intercept: readIntercept } });
  if (parsed.policy === null) return null;
  const to = dialect === 'intercept' ? 'policylayer' : 'intercept';
  const { losses } = convertPolicy(parsed.policy, to, commentsOf(text, parsed));
  return losses.find((loss) => loss.code === code)?.message ?? null;
}
