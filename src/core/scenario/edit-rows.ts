import type { Agent, CallStep, Scenario, Step } from './model.ts';
import { isBody, type Row, rowsOf, type RowStart } from './rows.ts';

function withSteps(scenario: Scenario, agent: number, change: (steps: readonly Step[]) => readonly Step[]): Scenario {
  return withAgent(scenario, agent, (before) => ({ ...before, steps: [...change(before.steps)] }));
}

function withAgent(scenario: Scenario, agent: number, change: (before: Agent) => Agent): Scenario {
  return { ...scenario, agents: scenario.agents.map((before, i) => (i === agent ? change(before) : before)) };
}

/** Replaces the call or repeat of a row. */
export function updateRow(scenario: Scenario, { agent, step }: Row, body: Row['body']): Scenario {
  return withSteps(scenario, agent, (steps) => steps.map((before, i) => (i === step ? body : before)));
}

/** Sets when a row starts, by changing, adding or removing the wait right before it. */
export function startRow(scenario: Scenario, row: Row, start: RowStart): Scenario {
  const wait: readonly Step[] =
    start.kind === 'after' ? [] : [start.kind === 'wait' ? { wait: start.value } : { waitUntil: start.value }];
  const waits = row.start.kind === 'after' ? 0 : 1;
  return withSteps(scenario, row.agent, (steps) => steps.toSpliced(row.step - waits, waits, ...wait));
}

/** Adds a step after the agent's last. */
export function addRow(scenario: Scenario, agent: number, body: CallStep): Scenario {
  return withSteps(scenario, agent, (steps) => [...steps, body]);
}

/** Puts a copy of a row, with its wait, right behind it. */
export function copyRow(scenario: Scenario, row: Row): Scenario {
  return withSteps(scenario, row.agent, (steps) => steps.toSpliced(row.step + 1, 0, ...blockOf(steps, row)));
}

/** Takes a row away, with its wait. */
export function removeRow(scenario: Scenario, row: Row): Scenario {
  return withSteps(scenario, row.agent, (steps) => {
    const block = blockOf(steps, row);
    return steps.toSpliced(row.step + 1 - block.length, block.length);
  });
}

/** Swaps a row with its neighbour, waits included; the first and the last row stay where they are. */
export function moveRow(scenario: Scenario, row: Row, by: -1 | 1): Scenario {
  const rows = rowsOf(scenario, row.agent);
  const at = rows.findIndex(({ step }) => step === row.step);
  const [first, second] = by < 0 ? [rows[at - 1], rows[at]] : [rows[at], rows[at + 1]];
  if (first === undefined || second === undefined) return scenario;
  return withSteps(scenario, row.agent, (steps) => {
    const from = first.step + 1 - blockOf(steps, first).length;
    const moved = [
      ...blockOf(steps, second),
      ...steps.slice(first.step + 1, second.step + 1 - blockOf(steps, second).length),
    ];
    return steps.toSpliced(from, second.step + 1 - from, ...moved, ...blockOf(steps, first));
  });
}

/** A row with every wait right before it. */
function blockOf(steps: readonly Step[], row: Row): readonly Step[] {
  let from = row.step;
  while (from > 0 && !isBody(steps[from - 1])) from--;
  return steps.slice(from, row.step + 1);
}

/** Adds an agent behind the others, under a name that is free. */
export function addAgent(scenario: Scenario, body: CallStep): Scenario {
  return { ...scenario, agents: [...scenario.agents, { name: freeName(scenario, 'agent'), steps: [body] }] };
}

/** Replaces an agent's own fields. */
export function updateAgent(scenario: Scenario, agent: number, changed: Agent): Scenario {
  return withAgent(scenario, agent, () => changed);
}

/** Puts a copy of an agent right behind it, with the same grant and a free name. */
export function copyAgent(scenario: Scenario, agent: number): Scenario {
  const before = scenario.agents[agent];
  if (before === undefined) return scenario;
  const copy = { ...before, name: freeName(scenario, before.name), grant: before.grant ?? before.name };
  return { ...scenario, agents: scenario.agents.toSpliced(agent + 1, 0, copy) };
}

/** Takes an agent away, with its steps. */
export function removeAgent(scenario: Scenario, agent: number): Scenario {
  return { ...scenario, agents: scenario.agents.toSpliced(agent, 1) };
}

/** Swaps an agent with its neighbour; order decides ties. */
export function moveAgent(scenario: Scenario, agent: number, by: -1 | 1): Scenario {
  const moved = scenario.agents[agent];
  const other = agent + by;
  if (moved === undefined || scenario.agents[other] === undefined) return scenario;
  return { ...scenario, agents: scenario.agents.toSpliced(agent, 1).toSpliced(other, 0, moved) };
}

function freeName(scenario: Scenario, wanted: string): string {
  const taken = new Set(scenario.agents.map(({ name }) => name));
  const stem = wanted.replace(/-\d+$/, '');
  for (let i = 2; ; i++) if (!taken.has(`${stem}-${String(i)}`)) return `${stem}-${String(i)}`;
}
