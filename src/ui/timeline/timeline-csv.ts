import type { Timeline } from '../../../workers/engine-api.ts';
import { OUTCOME_NAMES } from '../../core/simulator/columns.ts';
import { csvOf } from '../charts/csv.ts';
import { TICKET_TOOL } from './rows.ts';
import { TICKETS_VALID } from './timeline-words.ts';

function time(atMs: number): string {
  return new Date(atMs).toISOString();
}

const HEAD = ['kind', 'from', 'to', 'tool', 'grant', 'session', 'what', 'value', 'max'];

function* lines({
  lanes,
  counters,
  tickets,
  boundaries,
  bins,
  fromMs,
  toMs,
}: Timeline): Generator<readonly (string | number)[]> {
  yield HEAD;
  const binMs = (toMs - fromMs) / bins;
  for (const { tool, agent, counts, grants } of lanes) {
    const who = [tool, agent?.grant ?? grants.join(' '), agent?.session ?? ''];
    for (let slot = 0; slot < counts.length; slot++) {
      const count = counts[slot] ?? 0;
      if (count === 0) continue;
      const start = fromMs + (slot % bins) * binMs;
      const outcome = OUTCOME_NAMES[Math.floor(slot / bins)] ?? '';
      yield ['calls', time(start), time(start + binMs), ...who, outcome, count, ''];
    }
    for (const wait of agent?.waits ?? []) {
      yield ['wait', time(wait.fromMs), time(wait.toMs), ...who, wait.kind, wait.toMs - wait.fromMs, ''];
    }
  }
  for (const { counter, owner, tool, max, atMs, used } of counters) {
    for (let i = 0; i < atMs.length; i++) {
      yield ['counter', time(atMs[i] ?? 0), '', tool, owner, '', counter, used[i] ?? 0, max];
    }
  }
  for (const [i, atMs] of tickets?.atMs.entries() ?? []) {
    yield ['tickets', time(atMs), '', TICKET_TOOL, '', '', TICKETS_VALID, tickets?.used[i] ?? 0, ''];
  }
  for (const { atMs, starts } of boundaries) yield ['boundary', time(atMs), '', '', '', '', starts.join(' '), '', ''];
}

/** What is drawn, as rows of comma-separated values: calls per bin, waits in ms, counters and valid tickets at every change, boundaries. */
export function timelineCsv(timeline: Timeline): string {
  return csvOf(lines(timeline));
}
