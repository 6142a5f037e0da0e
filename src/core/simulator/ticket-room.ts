import { lowerBound } from './call-list.ts';
import type { CounterChanges } from './counter-record.ts';
import { entry } from './entry.ts';
import { limitOwners } from './limit-owners.ts';
import type { Run } from './run.ts';

/** A limit that counts tickets, over the owners (grants, sessions) that met it. `max` is for one of them. */
export interface TicketLimit {
  readonly rule: string;
  readonly pointer: string;
  readonly max: number;
  readonly windowMs: number;
  readonly owners: number;
  /** Tickets one call counts for; 1 unless the policy says otherwise. */
  readonly weight: number;
}

/** The limits on a tool that count calls, and how many new calls they let through at any moment of a run. */
export class TicketRoom {
  readonly limits: readonly TicketLimit[];
  /** Limits that count something else, such as an argument. */
  readonly others: number;
  /** By limit: the changes of its counters. */
  readonly #changes: readonly (readonly CounterChanges[])[];

  /** `changes` are those kept of the run: of very many counters, the busiest. */
  constructor(run: Run, tool: string, changes: readonly CounterChanges[]) {
    const number = run.table.tools.indexOf(tool);
    const onTool = number < 0 ? [] : limitOwners(run).limitsOf(number);
    const found = onTool.flatMap((index) => {
      const { limit } = entry(run.limits, index);
      const kept = changes.filter((counter) => counter.limit === index);
      const weight = limit.amount.kind === 'static' ? limit.amount.value : 0;
      if (!limit.counts || weight <= 0) return [];
      const { rule, pointer, max, windowMs } = limit;
      return [{ kept, limit: { rule, pointer, max, windowMs, owners: Math.max(1, kept.length), weight } }];
    });
    this.limits = found.map(({ limit }) => limit);
    this.others = onTool.length - found.length;
    this.#changes = found.map(({ kept }) => kept);
  }

  /** New tickets each limit still lets be issued at `atMs`, calls at that very millisecond included; never negative. */
  at(atMs: number): readonly number[] {
    return this.limits.map(({ max, owners, weight }, i) => {
      const kept = entry(this.#changes, i);
      const left = kept.map((counter) => Math.max(0, Math.floor((max - usedAt(counter, atMs)) / weight)));
      return left.length === 0 ? owners * Math.floor(max / weight) : left.reduce((sum, one) => sum + one, 0);
    });
  }

  /** The least of them; null without a limit. */
  least(atMs: number): number | null {
    return this.limits.length === 0 ? null : Math.min(...this.at(atMs));
  }
}

function usedAt({ atMs, used, size }: CounterChanges, momentMs: number): number {
  const next = lowerBound(atMs, size, Math.floor(momentMs) + 1);
  return next === 0 ? 0 : (used[next - 1] ?? 0);
}
