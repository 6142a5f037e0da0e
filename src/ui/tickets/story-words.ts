import type { TicketLifeRow, TicketStory } from '../../../workers/engine-api.ts';
import { tighterOf, type Tighter } from '../../core/simulator/ticket-measure.ts';
import { formatSpan } from '../../core/simulator/duration-text.ts';
import { countOf, formatCount } from '../kit/format-number.ts';
import { limitText, shortClockText } from '../timeline/utc-text.ts';
import { momentText } from './moment-text.ts';
import type { TicketCheck } from './ticket-check.ts';

/** The verdict of the measure, as the end of a sentence. */
const TIGHTER_WORDS: Readonly<Record<Tighter, string>> = {
  tickets: 'the tickets are the tighter of the two',
  policy: 'the policy is the tighter of the two',
  equal: 'both are equally tight',
};

/** The measure, as the page states it. */
export const MEASURE =
  'Tickets valid at once, each of which lets its agent act until it expires, against new tickets the policy still lets be issued in its window. The smaller number is the tighter bound.';

function validWords({ valid, untilMs }: TicketStory['moment']): string {
  if (untilMs === null) return 'no ticket is valid';
  const until = momentText(untilMs);
  return valid === 1
    ? `1 ticket is valid and lets its agent act until ${until}`
    : `${formatCount(valid)} tickets are valid, each lets its agent act, the last until ${until}`;
}

function policyWords({ limits, moment }: TicketStory): string {
  const least = Math.min(...moment.rooms);
  const limit = limits[moment.rooms.indexOf(least)];
  if (limit === undefined) return 'no limit of the policy counts them';
  const each = limit.owners === 1 ? '' : ` for each of ${formatCount(limit.owners)} owners`;
  const calls = limitText(limit.max / limit.weight, limit.windowMs);
  const left = least === 0 ? 'none more now' : `${formatCount(least)} more now`;
  return `the policy lets ${calls} be issued${each}, ${left}`;
}

/** The moment in one sentence: tickets valid, what the policy still lets be issued, and which is tighter. */
export function momentWords(story: TicketStory): string {
  const { moment } = story;
  const room = moment.rooms.length === 0 ? null : Math.min(...moment.rooms);
  const tighter = TIGHTER_WORDS[tighterOf(moment.valid, room)];
  return `At ${momentText(moment.atMs)}, ${validWords(moment)}; ${policyWords(story)}: ${tighter}.`;
}

/** The chart in one sentence. */
export function chartWords({ valid, room, atMs }: Pick<TicketStory, 'valid' | 'room' | 'atMs'>): string {
  const most = valid.reduce((a, b) => Math.max(a, b), 0);
  const peak = atMs[valid.indexOf(most)] ?? 0;
  const bound = valid.filter((count, i) => tighterOf(count, room?.[i] ?? null) === 'policy').length;
  const share = Math.round((100 * bound) / Math.max(1, valid.length));
  const policy =
    room === null ? 'No limit counts tickets' : `The policy is the tighter bound ${share} % of the time shown`;
  return `At most ${countOf(most, 'ticket')} valid at once, at ${shortClockText(peak)}. ${policy}.`;
}

/** What became of one ticket, without a full stop. `endMs`: the run's last call. */
export function becameWords(row: TicketLifeRow, endMs: number): string {
  if (row.expiresMs <= row.issuedMs) return 'Never valid: expired when issued';
  if (row.killed !== null) {
    const by = formatSpan(row.expiresMs - row.killed.atMs);
    const after = row.usesAfterKill === 0 ? '' : `, ${countOf(row.usesAfterKill, 'use')} after it`;
    return `Outlives the kill switch of call ${formatCount(row.killed.call + 1)} by ${by}${after}`;
  }
  return row.expiresMs <= endMs ? 'Expired during the run' : 'Valid at the end of the run';
}

/** The last transaction checked with a ticket on this page, without a full stop. */
export function checkWords({ atMs, errorCode }: TicketCheck): string {
  return `Transaction checked at ${shortClockText(atMs)}: ${errorCode ?? 'valid'}`;
}
