import type { AgentStates } from '../upstream/agent-states.ts';
import { textOf } from '../upstream/arguments.ts';
import { statusOf } from '../upstream/status.ts';
import { CallList } from './call-list.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

const TICKET_TOOL = 'issue_audit_ticket';
const GIVEN = 1;
const REFUSED = 2;

const NONE = 0;
const TICKET = 1;
const REGISTER = 2;
const KILL = 3;
const ROLES: ReadonlyMap<string, number> = new Map([
  [TICKET_TOOL, TICKET],
  ['register_agent', REGISTER],
  ['activate_kill_switch', KILL],
]);

/**
 * The calls that got a ticket, ascending: allowed, answered, and not refused in a success-shaped answer, since the agent
 * was known and not stopped at that moment. `agents` are those of the start and are changed on the way. Arguments are
 * looked at once, and again after somebody was registered or stopped.
 */
export function ticketPass(run: Run, agents: AgentStates): Pass<Uint32Array> {
  const { table, columns } = run;
  const { tool, outcome, status, args } = columns;
  const roleOf = Uint8Array.from(table.tools, (name) => ROLES.get(name) ?? NONE);
  const answers = new Uint8Array(roleOf.includes(TICKET) ? table.argsCount : 0);
  /** Version of the agents that an answer was worked out with; only kept where agents change. */
  const askedAt = roleOf.some((role) => role > TICKET) ? new Uint32Array(answers.length) : null;
  const calls = new CallList();
  const isGiven = (id: number): boolean => {
    const isOld = askedAt !== null && askedAt[id] !== agents.version;
    if (answers[id] === 0 || isOld) {
      const given = table.argsAt(id);
      const isTaken = statusOf(TICKET_TOOL, given, agents).status === 'ok';
      answers[id] = isTaken && agents.getsTickets(textOf(given, 'agentId')) ? GIVEN : REFUSED;
      if (askedAt !== null) askedAt[id] = agents.version;
    }
    return answers[id] === GIVEN;
  };
  const add = (from: number, to: number): void => {
    if (answers.length === 0) return;
    for (let i = from; i < to; i++) {
      const role = roleOf[tool[i] ?? 0] ?? NONE;
      if (role === NONE || outcome[i] !== OUTCOME_CODE.allow || status[i] !== UPSTREAM_CODE.ok) continue;
      const id = args[i] ?? 0;
      if (role !== TICKET) change(role, id);
      else if (isGiven(id)) calls.push(i);
    }
  };
  const change = (role: number, id: number): void => {
    const given = table.argsAt(id);
    const name = role === KILL ? 'activate_kill_switch' : 'register_agent';
    // why: a recorded call may have been answered by a server that knew others.
    if (statusOf(name, given, agents).status !== 'ok') return;
    if (role === KILL) agents.kill(textOf(given, 'agentId'));
    else agents.register(textOf(given, 'name'));
  };
  return { add, finish: () => calls.toArray() };
}
