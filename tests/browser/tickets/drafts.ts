import type { TicketDraft } from '../../../workers/engine-api.ts';

export const START_MS = Date.UTC(2026, 0, 1, 23, 59, 58);

/** Tickets of a made-up run: every second call got one, 40 ms apart, each for five minutes. */
export function draftAt(index: number): TicketDraft {
  const atMs = START_MS + index * 40;
  const iat = Math.floor(atMs / 1000);
  const constraints = {
    max_op_value: 10_000,
    allowed_mcp_servers: ['agntor', 'ledger'],
    kill_switch_active: false,
    requires_x402_payment: false,
  };
  const claims = {
    iss: 'agntor.com',
    sub: `agent-${index + 1}`,
    iat,
    exp: iat + 300,
    audit_level: 'Gold',
    constraints,
  };
  return { index, call: index * 2, atMs, grant: 'planner', claims };
}

/** Answers as the worker does; `asked` collects every question. */
export function loaderOf(total: number, asked: [number, number][] = []) {
  return (from: number, count: number): Promise<readonly TicketDraft[]> => {
    asked.push([from, count]);
    const length = Math.max(0, Math.min(count, total - from));
    return Promise.resolve(Array.from({ length }, (_, i) => draftAt(from + i)));
  };
}
