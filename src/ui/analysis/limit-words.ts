import type { AdvicePoint, LimitAdvice } from '../../core/analysis/limit-advice.ts';
import { countOf, formatCount } from '../kit/format-number.ts';

/** What one grant of the scenario counts as. */
export type Role = 'legitimate' | 'attack' | 'neither';

/** The point of the curve at a max; every advice has one at the present max and at `least`. */
export function pointAt({ points }: LimitAdvice, max: number): AdvicePoint | undefined {
  return points.find((point) => point.max === max);
}

/** What gets through at one max: `all 40 legitimate calls and 12 of 110 of the attack`. */
export function pointText({ legitimateCalls, attackCalls }: LimitAdvice, point: AdvicePoint): string {
  const good =
    point.legitimate === legitimateCalls
      ? `all ${countOf(legitimateCalls, 'legitimate call')}`
      : `${formatCount(point.legitimate)} of ${countOf(legitimateCalls, 'legitimate call')}`;
  return `${good} and ${formatCount(point.attack)} of ${formatCount(attackCalls)} of the attack`;
}

/** How much of the present max the legitimate traffic needs, in words. */
export function headroomText({ used, least, max }: LimitAdvice): string {
  if (least === null) return 'No max lets all of the legitimate traffic through: this limit denies some at any max.';
  if (used === null) return 'The present max lets nothing through.';
  if (used > 1)
    return `Too tight now: the legitimate traffic needs ${formatCount(least)}, and the max is ${formatCount(max)}.`;
  return `Headroom now: ${Math.round((1 - used) * 100)} % of the max is free at the legitimate peak.`;
}

/** What a point of the curve is, in a word for its row. */
export function pointNote({ least, max }: LimitAdvice, point: AdvicePoint): string {
  const notes = [point.max === max ? 'present' : '', point.max === least ? 'least that lets all work through' : ''];
  return notes.filter((note) => note !== '').join(', ');
}
