import type { AgentStates } from '../upstream/agent-states.ts';
import { textOf } from '../upstream/arguments.ts';
import { statusOf } from '../upstream/status.ts';
import { UPSTREAM_CODE, type CallTable } from './columns.ts';
import type { Answer } from './decision-columns.ts';

const FOREVER = 0xffff_ffff;

/**
 * What the simulated server answers to the calls of a table, in the order of the run, `agents` changing with those it
 * registers. The kind of an answer is worked out once for equal tools and arguments, and again only for agents that were
 * unknown and names that were free, when someone has been registered since. A kill switch changes no kind of answer.
 */
export function answersOf(table: CallTable, agents: AgentStates): Answer {
  const registers = table.tools.map((name) => name === 'register_agent');
  const known = new Uint8Array(table.argsCount);
  // why: a step has ids of its own, so an id goes with one tool; where it does not, the server is asked again.
  const toolOf = new Uint16Array(table.argsCount);
  /** Version of the agents up to which an answer holds. */
  const holdsUntil = registers.includes(true) ? new Uint32Array(table.argsCount) : null;
  return (tool, argsId) => {
    const before = known[argsId] ?? 0;
    const holds = holdsUntil === null || (holdsUntil[argsId] ?? 0) >= agents.version;
    if (holds && before !== 0 && toolOf[argsId] === tool) return before;
    const args = table.argsAt(argsId);
    const { status, isSettled } = statusOf(table.tools[tool] ?? '', args, agents);
    known[argsId] = UPSTREAM_CODE[status];
    toolOf[argsId] = tool;
    if (holdsUntil !== null) holdsUntil[argsId] = isSettled ? FOREVER : agents.version;
    if (status === 'ok' && registers[tool] === true) agents.register(textOf(args, 'name'));
    return UPSTREAM_CODE[status];
  };
}
