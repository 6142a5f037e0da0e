import { type Example } from '../../../src/core/catalogue/examples.ts';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import { checkPolicy } from '../../../src/core/policy/check.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import type { ParseResult } from '../../../src/core/policy/reader.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import { instantMs } from '../../../src/core/scenario/instant.ts';
import { OUTCOME_NAMES, UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { STATUS_NAMES, type Run } from '../../../src/core/simulator/run.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';

/** Calls by tool, and by outcome with the server's answer behind it: `allow ok`, `deny`. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Reads a policy as the page does: the dialect by how the text starts, with every reader there is. */
export function readAny(text: string): ParseResult {
  const readers = { intercept: readIntercept };
  const parsed = parsePolicy(text, { dialect: 'auto', compilePattern, readers });
  return { ...parsed, diagnostics: checkPolicy(parsed, { tools: TOOLS }) };
}

/** The run of an entry's scenario under `text`, by default its own policy. */
export function runOf({ name, policyText, scenario, windows }: Example, text = policyText): Run {
  const { policy } = readAny(text);
  const compiled = compileScenario(scenario);
  if (policy === null || !compiled.ok) throw new Error(`${name} does not load`);
  const { calls, table } = compiled.plan;
  const server = createServer(createWorld(instantMs(scenario.start)));
  const answer = (tool: number, args: number) =>
    UPSTREAM_CODE[server.status(table.tools[tool] ?? '', table.argsAt(args))];
  const simulation = createSimulation(policy, compiled.plan, { windows, answer });
  while (!simulation.advance(calls.count + 1)) continue;
  return simulation.finish(false);
}

/** What became of the calls of a run. */
export function countsOf({ columns, table }: Run): Counts {
  const counts: Record<string, Record<string, number>> = {};
  for (let call = 0; call < columns.count; call++) {
    const status = STATUS_NAMES[columns.status[call] ?? 0];
    const key = [OUTCOME_NAMES[columns.outcome[call] ?? 0], status].filter((word) => word !== null).join(' ');
    const ofTool = (counts[table.tools[columns.tool[call] ?? 0] ?? ''] ??= {});
    ofTool[key] = (ofTool[key] ?? 0) + 1;
  }
  return counts;
}

/** The same counts for each tool that `test` picks. */
export function each(test: (tool: (typeof TOOLS)[number]) => boolean, counts: Record<string, number>): Counts {
  return Object.fromEntries(TOOLS.filter(test).map(({ name }) => [name, counts]));
}
