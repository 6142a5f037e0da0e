import type { Attack } from '../../attacks/attack.ts';
import { DODGED_LIMITS } from './dodged-limits.ts';
import { LOOPS } from './loops.ts';
import { REACH } from './reach.ts';
import { TICKETS_AND_MONEY } from './tickets-and-money.ts';
import { TURNED_AGENTS } from './turned-agents.ts';

/** Every attack, in the order shown. */
export const ATTACKS: readonly Attack[] = [
  ...LOOPS,
  ...DODGED_LIMITS,
  ...TICKETS_AND_MONEY,
  ...TURNED_AGENTS,
  ...REACH,
];
