/** Which of two bounds on agents holding tickets is the tighter one. */
export type Tighter = 'tickets' | 'policy' | 'equal';

/**
 * The measure the page states: `valid`, tickets that let an agent act at that moment, which no limit takes back, against
 * `room`, new tickets that the policy's limits still let be issued before their windows end. The smaller number is the
 * tighter bound. `room` is null where no limit counts tickets: then only their own life bounds them.
 */
export function tighterOf(valid: number, room: number | null): Tighter {
  if (room === null || valid < room) return 'tickets';
  return valid > room ? 'policy' : 'equal';
}
