/**
 * What each field of a PolicyLayer policy means, for its published JSON Schema. Keys are property names from the root,
 * joined by dots; leading ones are left out where fields mean the same in several places. `*` is a tool's name.
 */
export const POLICY_WORDS: Readonly<Record<string, string>> = {
  version: 'Version of the format. Always "1".',
  default: 'What becomes of calls to tools that are not listed under "tools".',
  description: 'What the policy is for, in words. Changes no decision.',
  hide: 'Tools that agents do not see and cannot call; "*" hides every tool. A hidden tool is denied before its rules.',
  all_tools: 'Limits on all tools together.',
  'all_tools.limits':
    'Limits that every call counts towards, after the limits of its own tool. Amounts are fixed here.',
  tools: 'Rules for each tool, by its name. A tool with no rules, "{}", is allowed.',
  'tools.*': 'Rules of one tool. Decided in this order: require, deny_if, limits, approval.',
  require: 'Rules that must hold. The first one whose conditions do not all hold denies the call.',
  deny_if:
    'Rules that must not hold. The first one whose conditions all hold denies; without conditions it always does.',
  limits: 'Limits of this tool. Each must fit; otherwise the call is denied and no counter moves.',
  action: 'Short form: "allow" lists the tool, "deny" denies every call, "require_approval" asks a person first.',
  reason: 'What an agent is told when "action" denies its call or asks a person. Needs "action".',
  rate_limit: 'Short form of a limit that is counted for each session.',
  'rate_limit.max': 'Most calls in one window. 0 denies every call.',
  'rate_limit.window': 'Length of the window in seconds, 1 to 86400. 60, 3600 and 86400 are minute, hour and day.',
  on_deny: 'What an agent is told when this denies its call.',
  conditions: 'Conditions on the arguments of the call. All must hold for the rule to hold.',
  'conditions.path':
    'The argument to look at: "args." and its name, then further names for fields inside. A missing one makes every operator false, except exists.',
  'conditions.op': 'How the argument is compared with "value".',
  'conditions.value':
    'What to compare with: a list for in and not_in, a number for lt, lte, gt and gte, an RE2 expression for regex, true or false for exists.',
  'limits.counter': 'Name of the counter, unique among the limits of this tool. By custom the tool’s name and "_rate".',
  'limits.window': 'Length of the window. Windows start where the calendar does, in UTC.',
  'limits.max': 'Most that may be counted in one window. 0 denies every call.',
  'limits.scope':
    'Whom a counter is kept for: one for each grant, or one for each session of a grant. "grant" when left out.',
  'limits.increment': 'What one call counts, above 0. 1 when left out.',
  'limits.increment_from':
    'The argument whose number one call counts, such as "args.amount". Missing, negative or no number: the call is denied.',
};
