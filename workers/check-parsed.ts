import { TOOL_NAMES, TOOLS } from '../src/core/catalogue/tools.ts';
import { checkPolicy } from '../src/core/policy/check.ts';
import { describePolicy, toolEffects } from '../src/core/policy/effect.ts';
import type { ParseResult } from '../src/core/policy/reader.ts';
import type { CheckResult } from './engine-api.ts';

/** What the page shows about a text that was read. A chunk of its own: a run need not wait for it. */
export function checkParsed(parsed: ParseResult): CheckResult {
  const { dialect, policy } = parsed;
  const diagnostics = checkPolicy(parsed, { tools: TOOLS });
  if (policy === null) return { dialect, diagnostics, policy };
  const { defaultAction } = policy;
  const effects = toolEffects(policy, TOOL_NAMES);
  return {
    dialect,
    diagnostics,
    policy: { effects, anchors: parsed.anchors(), defaultAction, words: describePolicy(policy) },
  };
}
