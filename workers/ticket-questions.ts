import type { JsonObject } from '../src/core/json.ts';
import type { Run } from '../src/core/simulator/run.ts';
import { readTickets, ticketSpan } from '../src/core/simulator/ticket-list.ts';
import { livesPass, type TicketLives, type TicketTotals, totalsPass } from '../src/core/simulator/ticket-lives.ts';
import { TicketRoom } from '../src/core/simulator/ticket-room.ts';
import { tellStory } from '../src/core/simulator/ticket-story.ts';
import type { Scenario } from '../src/core/scenario/model.ts';
import { signTicket } from '../src/tickets/issue.ts';
import type { CounterHistory } from './counter-history.ts';
import type { TicketAnswer, TicketRequest } from './engine-api.ts';
import type { Slices } from './slices.ts';
import { WorldQuestions } from './world-questions.ts';

const TICKET_TOOL = 'issue_audit_ticket';
/** Signatures asked for at a time. */
const TOGETHER = 64;

interface Lived {
  readonly lives: TicketLives;
  readonly totals: TicketTotals;
  readonly room: TicketRoom;
}

/** The newest run's tickets in depth. Nothing is worked out or signed before it is asked for. */
export class TicketQuestions {
  readonly #run: Run;
  readonly #tickets: Uint32Array;
  readonly #counters: CounterHistory;
  readonly #slices: () => Slices;
  readonly #ends: WorldQuestions;
  readonly #claims: WorldQuestions;
  #lived: Promise<Lived> | null = null;

  /** `tickets`: calls that got one. `slices` is asked for anew for every question. */
  constructor(
    record: {
      readonly run: Run;
      readonly scenario: Scenario;
      readonly tickets: Uint32Array;
    },
    counters: CounterHistory,
    slices: () => Slices,
  ) {
    this.#run = record.run;
    this.#tickets = record.tickets;
    this.#counters = counters;
    this.#slices = slices;
    this.#ends = new WorldQuestions(record.run, record.scenario, slices);
    this.#claims = new WorldQuestions(record.run, record.scenario, slices);
  }

  /** A story, or tickets as lines of a file. */
  async answer(request: TicketRequest): Promise<TicketAnswer> {
    if (request.kind === 'lines') return { kind: 'lines', ...(await this.#lines(request)) };
    this.#lived ??= this.#live();
    // why: what was given up with one question may be asked for again.
    this.#lived.catch(() => (this.#lived = null));
    const { lives, totals, room } = await this.#lived;
    return { kind: 'story', story: tellStory(lives, totals, room, request) };
  }

  async #live(): Promise<Lived> {
    const { count } = this.#run.columns;
    const killedBy = await this.#ends.ask(count, ({ world }) => {
      return new Map([...world.accounts].flatMap(([id, { killedBy }]) => (killedBy === null ? [] : [[id, killedBy]])));
    });
    const slices = this.#slices();
    const pass = livesPass(this.#run, this.#tickets, killedBy);
    await slices.run([pass], 0, count);
    const lives = pass.finish();
    const totals = totalsPass(lives);
    await slices.run([totals], 0, this.#tickets.length);
    return {
      lives,
      totals: totals.finish(),
      room: new TicketRoom(this.#run, TICKET_TOOL, await this.#counters.read()),
    };
  }

  async #lines(request: TicketRequest & { kind: 'lines' }): Promise<{ lines: string; count: number }> {
    const { from, count, signer } = request;
    const { first } = ticketSpan(this.#tickets.length, from, count);
    const page = await this.#claims.ask(this.#tickets[first] ?? 0, (world) =>
      readTickets(this.#run, this.#tickets, world, from, count),
    );
    const slices = this.#slices();
    const lines: string[] = [];
    for (let at = 0; at < page.tickets.length; at += TOGETHER) {
      const batch = page.tickets.slice(at, at + TOGETHER);
      const written = batch.map(async ({ index, call, atMs, grant, claims }) => {
        const about: JsonObject = {
          ticket: index + 1,
          call: call + 1,
          at: new Date(atMs).toISOString(),
          grant,
          claims,
        };
        const token = signer === null ? {} : { token: await signTicket(claims, signer) };
        return `${JSON.stringify({ ...about, ...token })}\n`;
      });
      lines.push(...(await Promise.all(written)));
      await slices.pause();
    }
    return { lines: lines.join(''), count: page.tickets.length };
  }
}
