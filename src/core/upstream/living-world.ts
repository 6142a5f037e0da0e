import type { JsonObject } from '../json.ts';
import { numberOf, textOf } from './arguments.ts';
import { registeredAgent } from './registered-agent.ts';
import { ticketRefusal } from './ticket-claims.ts';
import type { World, WorldAgent } from './world.ts';

/** What the calls of a run have done with one agent. `registeredBy`, `killedBy`: numbers of calls, null for none. */
export interface AgentAccount {
  readonly agent: WorldAgent;
  readonly registeredBy: number | null;
  readonly killedBy: number | null;
  readonly tickets: number;
  readonly escrows: number;
  /** Sum of the amounts it pays, in the order of the calls. */
  readonly escrowTotal: number;
}

/** Where an agent's escrows are counted. */
export type EscrowAccount = Pick<OpenAccount, 'escrows' | 'escrowTotal'>;

type OpenAccount = { -readonly [Key in keyof AgentAccount]: AgentAccount[Key] };

/**
 * A world that remembers the calls it is told of. INVARIANT: it is told of answered calls only, in order, so a call that
 * failed, was denied or waits for approval has changed nothing. A server over it answers from the latest state.
 */
export class LivingWorld implements World {
  readonly agents = new Map<string, WorldAgent>();
  readonly names = new Set<string>();
  escrows = 0;
  escrowTotal = 0;
  tickets = 0;
  /** Ticket calls that were answered with `success: false`. */
  refusedTickets = 0;
  readonly #accounts = new Map<string, OpenAccount>();

  constructor(start: World) {
    for (const agent of start.agents.values()) this.#open(agent, null);
  }

  /** By id, in the order in which the agents became known. */
  get accounts(): ReadonlyMap<string, AgentAccount> {
    return this.#accounts;
  }

  /** Call number `call`, made at `atMs`, was answered without an error. Tools that change nothing do nothing here. */
  apply(call: number, tool: string, args: JsonObject, atMs: number): void {
    const agentId = textOf(args, 'agentId');
    if (tool === 'register_agent') this.#register(call, args, atMs);
    else if (tool === 'activate_kill_switch') this.#kill(call, agentId);
    else if (tool === 'issue_audit_ticket') this.countTicket(agentId);
    else if (tool === 'create_escrow') this.countEscrow(agentId, numberOf(args, 'amount') ?? 0);
  }

  /** An answered `issue_audit_ticket` call: a ticket, or none. */
  countTicket(agentId: string): void {
    const account = this.#accounts.get(agentId);
    if (account === undefined || ticketRefusal(this, agentId) !== null) {
      this.refusedTickets++;
      return;
    }
    this.tickets++;
    account.tickets++;
  }

  /** An answered `create_escrow` call; nobody unknown has any. Returns the account it was counted in, to be used again. */
  countEscrow(agentId: string, amount: number): EscrowAccount | null {
    const account = this.#accounts.get(agentId) ?? null;
    if (account !== null) this.countEscrowIn(account, amount);
    return account;
  }

  /** One more escrow of an agent, by the account that `countEscrow` gave. */
  countEscrowIn(account: EscrowAccount, amount: number): void {
    this.escrows++;
    this.escrowTotal += amount;
    account.escrows++;
    account.escrowTotal += amount;
  }

  #register(call: number, args: JsonObject, atMs: number): void {
    const agent = registeredAgent(args, atMs);
    if (!this.agents.has(agent.id)) this.#open(agent, call);
  }

  #kill(call: number, agentId: string): void {
    const account = this.#accounts.get(agentId);
    if (account === undefined || account.agent.killSwitchActive) return;
    account.agent = { ...account.agent, killSwitchActive: true };
    account.killedBy = call;
    this.agents.set(agentId, account.agent);
  }

  #open(agent: WorldAgent, registeredBy: number | null): void {
    this.agents.set(agent.id, agent);
    this.names.add(agent.name);
    this.#accounts.set(agent.id, { agent, registeredBy, killedBy: null, tickets: 0, escrows: 0, escrowTotal: 0 });
  }
}
