import type { RosterEntry } from './roster.ts';
import { registeredId } from './registered-id.ts';
import type { KnownAgents } from './status.ts';

/**
 * Who is known and who is stopped while a run goes on: all that the kind of an answer, and whether a ticket is given,
 * depends on. `version` rises with every change, so that what was worked out before can be told to be old.
 */
export class AgentStates implements KnownAgents {
  version = 1;
  /** By id: whether the kill switch is thrown. */
  readonly #killed: Map<string, boolean>;
  readonly #names: ReadonlySet<string>;

  constructor(roster: readonly RosterEntry[]) {
    this.#killed = new Map(roster.map(({ id, killSwitchActive }) => [id, killSwitchActive]));
    this.#names = new Set(roster.map(({ name }) => name));
  }

  has(agentId: string): boolean {
    return this.#killed.has(agentId);
  }

  /** Names of the roster; those registered since are told by their ids. */
  isNameTaken(name: string): boolean {
    return this.#names.has(name);
  }

  /** Whether the agent is known and its kill switch is not thrown, so that it gets tickets. */
  getsTickets(agentId: string): boolean {
    return this.#killed.get(agentId) === false;
  }

  /** An answered `register_agent` call; nothing changes when the agent is known already. */
  register(name: string): void {
    const id = registeredId(name);
    if (this.has(id)) return;
    this.#killed.set(id, false);
    this.version++;
  }

  /** An answered `activate_kill_switch` call. */
  kill(agentId: string): void {
    if (!this.getsTickets(agentId)) return;
    this.#killed.set(agentId, true);
    this.version++;
  }
}
