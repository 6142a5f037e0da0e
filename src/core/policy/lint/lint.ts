import type { Tool } from '../../catalogue/tools.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { InterceptPage } from '../intercept/page.ts';
import type { Policy } from '../model.ts';
import { JsonPage } from '../policylayer/page.ts';
import { lintShorthand } from '../policylayer/lint-shorthand.ts';
import type { Written } from '../reader.ts';
import { lintConditions } from './conditions.ts';
import { lintContradictions } from './contradictions.ts';
import { lintCountedApart } from './counted-apart.ts';
import { lintLeftOutArguments } from './left-out.ts';
import { lintMax } from './max.ts';
import { lintMoney } from './money.ts';
import { lintNames } from './names.ts';
import { lintNeverBinds } from './never-binds.ts';
import { lintNoLimit } from './no-limit.ts';
import { lintPatterns } from './patterns.ts';
import { lintReach } from './reach.ts';
import { Subject, type Lint } from './subject.ts';

/** What a policy is looked at with. */
export interface LintOptions {
  /** The server's tools; null when it is not known, and then nothing that depends on them is remarked on. */
  readonly tools: readonly Tool[] | null;
}

const LINTS: readonly Lint[] = [
  lintNames,
  lintMax,
  lintLeftOutArguments,
  lintConditions,
  lintContradictions,
  lintReach,
  lintPatterns,
  lintNeverBinds,
  lintCountedApart,
  lintMoney,
  lintNoLimit,
];

/** Warnings and notes on a policy without errors, each with its fix where one is exact; in no order of places. */
export function lintPolicy(policy: Policy, written: Written, options: LintOptions): readonly Diagnostic[] {
  return inspectPolicy(policy, written, options).diagnostics;
}

/** `lintPolicy`, and how many pairs of rules, of limits and of conditions it compared: that number is bounded. */
export function inspectPolicy(
  policy: Policy,
  written: Written,
  { tools }: LintOptions,
): { readonly diagnostics: readonly Diagnostic[]; readonly compared: number } {
  const page = written.dialect === 'policylayer' ? new JsonPage(written) : new InterceptPage(written);
  const subject = new Subject(policy, page, tools);
  for (const lint of LINTS) lint(subject);
  if (page instanceof JsonPage) lintShorthand(subject, page);
  return subject;
}
