import type { Dialect } from '../model.ts';
import { SCOPES, WINDOWS } from '../policylayer/vocabulary.ts';
import type { RuleKind } from './model.ts';

/** What a dialect can say, for forms that offer nothing else; `lacks` says in words what it cannot. */
export interface DialectForms {
  /** Lists that rules can be added to, with what they mean. */
  readonly rules: readonly { readonly kind: RuleKind; readonly means: string }[];
  readonly windows: readonly string[];
  readonly scopes: readonly string[];
  readonly hasApproval: boolean;
  /** Rules have names of their own. */
  readonly hasNames: boolean;
  /** Rules, and not only limits, can be set for every tool. */
  readonly hasRulesForAll: boolean;
  /** Limits for every tool can count by an argument. */
  readonly countsArgumentsForAll: boolean;
  /** The member that holds what is for every tool. */
  readonly everyTool: string;
  readonly lacks: string;
}

/** The forms of each dialect (docs: policy.md#the-document). */
export const DIALECT_FORMS: Readonly<Record<Dialect, DialectForms>> = {
  policylayer: {
    rules: [
      { kind: 'require', means: 'every condition must hold' },
      { kind: 'deny_if', means: 'denies when every condition holds' },
    ],
    windows: WINDOWS,
    scopes: SCOPES,
    hasApproval: true,
    hasNames: false,
    hasRulesForAll: false,
    countsArgumentsForAll: false,
    everyTool: 'all_tools',
    lacks: '',
  },
  intercept: {
    rules: [
      { kind: 'evaluate', means: 'every condition must hold' },
      { kind: 'deny', means: 'denies every call' },
    ],
    windows: WINDOWS,
    scopes: [],
    hasApproval: false,
    hasNames: true,
    hasRulesForAll: true,
    countsArgumentsForAll: true,
    everyTool: '"*"',
    lacks: 'Intercept has no approvals, no scopes and no deny_if: its counters are shared by all callers.',
  },
};
