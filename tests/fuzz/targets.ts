import type { Target } from './target.ts';
import { LINK_TARGET } from './targets/links.ts';
import { MESSAGE_TARGET } from './targets/messages.ts';
import { POLICY_TARGETS } from './targets/policies.ts';
import { SCENARIO_TARGET } from './targets/scenarios.ts';
import { TOKEN_TARGET } from './targets/tokens.ts';
import { TRACE_TARGET } from './targets/traces.ts';

/** Everything that is fuzzed, in the order shown. */
export const TARGETS: readonly Target[] = [
  LINK_TARGET,
  ...POLICY_TARGETS,
  SCENARIO_TARGET,
  TRACE_TARGET,
  TOKEN_TARGET,
  MESSAGE_TARGET,
];
