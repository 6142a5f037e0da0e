import { DODGED_RULE, TICKET_HYGIENE } from './gallery/arguments.ts';
import type { Example } from './gallery/example.ts';
import { INTERCEPT, MISTAKES } from './gallery/lessons.ts';
import { ESCROW_BUDGET, SPEND_CAP } from './gallery/money.ts';
import { APPROVALS, HIDDEN_TOOLS } from './gallery/people.ts';
import { CEILING, SESSION_SHORTHAND } from './gallery/shared-limits.ts';
import { LOCKDOWN, READ_ONLY, RECOMMENDED } from './gallery/whole-server.ts';
import { LATE_ANSWERS, LATE_ANSWERS_INTERCEPT, MIDNIGHT_BURST, REFUNDS, SLIDING } from './gallery/windows.ts';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from './seed.ts';

export type { Example } from './gallery/example.ts';

/** The gallery, in the order shown, group by group; the first is what the page opens with. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    name: 'runaway-ticket-loop',
    title: 'Runaway ticket loop',
    about:
      'An agent asks for 100 tickets in 4 s across midnight, under a limit of 30 a minute: 60 pass, because the counter starts again. Everything else on the server is denied by default.',
    group: 'To start from',
    dialect: 'policylayer',
    policyText: SEED_POLICY_TEXT,
    scenario: SEED_SCENARIO,
    windows: 'calendar',
  },
  RECOMMENDED,
  READ_ONLY,
  LOCKDOWN,
  APPROVALS,
  HIDDEN_TOOLS,
  TICKET_HYGIENE,
  DODGED_RULE,
  ESCROW_BUDGET,
  SPEND_CAP,
  CEILING,
  SESSION_SHORTHAND,
  MIDNIGHT_BURST,
  SLIDING,
  REFUNDS,
  LATE_ANSWERS,
  LATE_ANSWERS_INTERCEPT,
  INTERCEPT,
  MISTAKES,
];
