import type { Server, ServerStatus } from '../upstream/server.ts';
import { UPSTREAM_CODE, type CallTable } from './columns.ts';
import type { Answer } from './decision-columns.ts';

/** What the simulated server answers to the calls of a table; it is asked once for equal tools and arguments. */
export function answersOf(server: Server, table: CallTable): Answer {
  const known = new Uint8Array(table.argsCount);
  // why: a step has ids of its own, so an id goes with one tool; where it does not, the server is asked again.
  const toolOf = new Uint16Array(table.argsCount);
  return (tool, argsId) => {
    const before = known[argsId] ?? 0;
    if (before !== 0 && toolOf[argsId] === tool) return before;
    const status: ServerStatus = server.status(table.tools[tool] ?? '', table.argsAt(argsId));
    known[argsId] = UPSTREAM_CODE[status];
    toolOf[argsId] = tool;
    return UPSTREAM_CODE[status];
  };
}
