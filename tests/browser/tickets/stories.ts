import type { TicketAnswer, TicketRequest, TicketStory } from '../../../workers/engine-api.ts';
import { draftAt, START_MS } from './drafts.ts';

/** A made-up story of `total` tickets: the second outlives a kill switch, limits let 30 a minute be issued. */
function storyOf(total: number, request: TicketRequest & { kind: 'story' }): TicketStory {
  const { fromMs, toMs, bins } = request;
  const end = Math.min(total, request.first + request.count);
  return {
    totals: {
      issued: total,
      expired: 0,
      validAtEnd: total,
      outlived: 1,
      usedAfterKill: 1,
      unused: total - 1,
      firstMs: START_MS,
      lastExpiresMs: START_MS + 300_000,
    },
    limits: [{ rule: 'r', pointer: '/p', max: 30, windowMs: 60_000, owners: 1, weight: 1 }],
    otherLimits: 1,
    atMs: Float64Array.from({ length: bins + 1 }, (_, i) => fromMs + ((toMs - fromMs) * i) / bins),
    valid: new Uint32Array(bins + 1).fill(10),
    room: new Float64Array(bins + 1).fill(20),
    moment: { atMs: request.atMs, valid: 10, untilMs: START_MS + 300_000, rooms: [20] },
    rows: Array.from({ length: end - request.first }, (_, i) => ({
      index: request.first + i,
      call: 2 * (request.first + i),
      grant: 'planner',
      agentId: `agent-${request.first + i + 1}`,
      issuedMs: START_MS,
      expiresMs: START_MS + 300_000,
      killed: request.first + i === 1 ? { call: 8, atMs: START_MS + 60_000 } : null,
      uses: 1,
      firstUseMs: START_MS + 10,
      usesAfterKill: request.first + i === 1 ? 1 : 0,
    })),
  };
}

/** Answers as the worker does; `asked` collects every request. */
export function askerOf(total: number, asked: TicketRequest[] = []) {
  return (request: TicketRequest): Promise<TicketAnswer> => {
    asked.push(request);
    if (request.kind === 'story') return Promise.resolve({ kind: 'story', story: storyOf(total, request) });
    const count = Math.min(request.count, total - request.from);
    const lines = Array.from({ length: count }, (_, i) => `${JSON.stringify(draftAt(request.from + i).claims)}\n`);
    return Promise.resolve({ kind: 'lines', lines: lines.join(''), count });
  };
}
