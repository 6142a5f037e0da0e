import type { JsonObject } from '../json.ts';
import { numberOf, textOf } from '../upstream/arguments.ts';
import { type EscrowAccount, LivingWorld } from '../upstream/living-world.ts';
import { type KnownAgents, statusOf } from '../upstream/status.ts';
import { knownIn, type World } from '../upstream/world.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import type { Run } from './run.ts';

const NOTHING = 0;
const TICKET = 1;
const ESCROW = 2;
const RARE = 3;
const ROLES: ReadonlyMap<string, number> = new Map([
  ['issue_audit_ticket', TICKET],
  ['create_escrow', ESCROW],
  ['register_agent', RARE],
  ['activate_kill_switch', RARE],
]);

/**
 * The world of a run brought to a point in time again, by applying the calls that changed it once more. Nothing about
 * the world is stored while a run is decided; calls that cannot change it cost one look at a column here.
 */
export class WorldReplay {
  /** The call that comes next; those before it have been applied. */
  nextCall = 0;
  readonly world: LivingWorld;
  readonly #run: Run;
  readonly #known: KnownAgents;
  /** By tool. */
  readonly #roles: Uint8Array;
  readonly #idle: boolean;
  /** By argument id, while equal arguments share theirs: the agent a ticket or escrow is for, and the amount. */
  readonly #agentIds: (string | undefined)[] | null;
  readonly #amounts: Float64Array;
  /** By argument id: the account of an escrow's agent, once it is known. */
  readonly #accounts: (EscrowAccount | null)[] = [];

  /** `start` is the world that the first call meets; it is left as it is. Calls of tools that `counts` leaves out are passed over. */
  constructor(run: Run, start: World, counts: (tool: string) => boolean = () => true) {
    this.#run = run;
    this.world = new LivingWorld(start);
    this.#known = knownIn(this.world);
    const { tools, argsCount } = run.table;
    this.#roles = Uint8Array.from(tools, (name) => (counts(name) ? (ROLES.get(name) ?? NOTHING) : NOTHING));
    this.#idle = this.#roles.every((role) => role === NOTHING);
    const isShared = 2 * argsCount <= run.columns.count;
    this.#agentIds = isShared ? [] : null;
    this.#amounts = new Float64Array(isShared ? argsCount : 0);
  }

  /** Applies the calls up to `call` (not included). Going back throws a RangeError. */
  advanceTo(call: number): void {
    if (call < this.nextCall) throw new RangeError(`call ${call} has changed the world already`);
    const { tool, outcome, status, count } = this.#run.columns;
    const end = Math.min(call, count);
    // why: most runs change nothing that is asked about, and need not be looked through.
    if (this.#idle) {
      this.nextCall = Math.max(this.nextCall, end);
      return;
    }
    const roles = this.#roles;
    for (let i = this.nextCall; i < end; i++) {
      const role = roles[tool[i] ?? 0] ?? NOTHING;
      if (role === NOTHING || outcome[i] !== OUTCOME_CODE.allow || status[i] !== UPSTREAM_CODE.ok) continue;
      if (role === RARE || this.#agentIds === null) this.#apply(i);
      else this.#count(role, i, this.#agentIds);
    }
    this.nextCall = Math.max(this.nextCall, end);
  }

  #apply(call: number): void {
    const args = this.#argsOf(call);
    if (this.#isTaken(call, args)) this.world.apply(call, this.#toolOf(call), args, this.#run.columns.atMs[call] ?? 0);
  }

  /** why: a recorded call may have been answered by a server that knew others, or took other arguments. */
  #isTaken(call: number, args: JsonObject): boolean {
    return statusOf(this.#toolOf(call), args, this.#known).status === 'ok';
  }

  #toolOf(call: number): string {
    const { columns, table } = this.#run;
    return table.tools[columns.tool[call] ?? 0] ?? '';
  }

  #count(role: number, call: number, agentIds: (string | undefined)[]): void {
    const id = this.#run.columns.args[call] ?? 0;
    let agentId = agentIds[id];
    if (agentId === undefined) {
      const args = this.#argsOf(call);
      if (!this.#isTaken(call, args)) return;
      agentIds[id] = agentId = textOf(args, 'agentId');
      this.#amounts[id] = numberOf(args, 'amount') ?? 0;
    }
    if (role === TICKET) {
      this.world.countTicket(agentId);
      return;
    }
    const account = this.#accounts[id];
    if (account) this.world.countEscrowIn(account, this.#amounts[id] ?? 0);
    else this.#accounts[id] = this.world.countEscrow(agentId, this.#amounts[id] ?? 0);
  }

  #argsOf(call: number): JsonObject {
    return this.#run.table.argsAt(this.#run.columns.args[call] ?? 0);
  }
}
