import { describe, expect, test } from 'vitest';
import { EXAMPLES, type Example } from '../../../src/core/catalogue/examples.ts';
import type { PatternCompiler } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import { instantMs } from '../../../src/core/scenario/instant.ts';
import { OUTCOME_NAMES, UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { STATUS_NAMES, type Run } from '../../../src/core/simulator/run.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';

const compilePattern: PatternCompiler = () => ({ ok: false, reason: 'no example has one' });

function runOf(example: Example): Run {
  const { dialect, policyText, scenario, windows } = example;
  const parsed = parsePolicy(policyText, { dialect, compilePattern });
  const compiled = compileScenario(scenario);
  if (parsed.policy === null || !compiled.ok) throw new Error(`${example.name} does not load`);
  const { calls, table } = compiled.plan;
  const server = createServer(createWorld(instantMs(scenario.start)));
  const answer = (tool: number, args: number) =>
    UPSTREAM_CODE[server.status(table.tools[tool] ?? '', table.argsAt(args))];
  const simulation = createSimulation(parsed.policy, compiled.plan, { windows, answer });
  while (!simulation.advance(calls.count + 1)) continue;
  return simulation.finish(false);
}
/** How many calls came to which outcome and which answer of the server: `allow ok`, `deny`. */
function countsOf({ columns }: Run): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let call = 0; call < columns.count; call++) {
    const status = STATUS_NAMES[columns.status[call] ?? 0];
    const key = [OUTCOME_NAMES[columns.outcome[call] ?? 0], status].filter((word) => word !== null).join(' ');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** What each entry shows, as its text says it. */
const COUNTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'runaway-ticket-loop': { 'allow ok': 80, deny: 53 },
  'midnight-burst': { 'allow ok': 80, deny: 20 },
  'dodged-rule': { deny: 10, 'allow ok': 10, 'allow rpc_error': 10 },
  'spend-cap': { 'allow ok': 5, deny: 3 },
  approvals: { 'allow ok': 4, approval: 3 },
  'sliding-windows': { 'allow ok': 50, deny: 83 },
  refunds: { 'allow ok': 10, 'allow timeout': 12, deny: 38 },
};

test('every entry has a name of its own and an expected run', () => {
  expect(EXAMPLES.map(({ name }) => name)).toEqual(Object.keys(COUNTS));
});

describe.each(EXAMPLES.map((example) => ({ name: example.name, example })))('$name', ({ name, example }) => {
  test('its policy has no errors', () => {
    const { dialect, policyText } = example;
    const parsed = parsePolicy(policyText, { dialect, compilePattern });
    expect(parsed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('its scenario has no errors, and no warnings but those it is about', () => {
    const { diagnostics } = checkScenario(example.scenario);
    const meant = name === 'dodged-rule' ? ['argument-misfit'] : [];
    expect(diagnostics.map(({ code }) => code)).toEqual(meant);
  });

  test('it comes out as its text says', () => {
    expect(countsOf(runOf(example))).toEqual(COUNTS[name]);
  });

  test('its text is two sentences', () => {
    expect(example.about.match(/[.?](?= [A-Z]|$)/g)).toHaveLength(2);
  });
});

test('the opening example gives planner 60 tickets and settler 20', () => {
  const { columns, table } = runOf(EXAMPLES[0]);
  const allowed = [...columns.caller.slice(0, columns.count)].filter((_, call) => columns.outcome[call] === 0);
  const grants = allowed.map((caller) => table.callers[caller]?.grant);
  expect(grants.filter((grant) => grant === 'planner')).toHaveLength(60);
  expect(grants.filter((grant) => grant === 'settler')).toHaveLength(20);
});
