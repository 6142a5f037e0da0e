import { resolveArgument } from '../engine/argument-path.ts';
import { type CompiledTool, compilePolicy } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { Policy } from '../policy/model.ts';
import type { Agent, Scenario, Step } from '../scenario/model.ts';
import { SAMPLE_ARGUMENTS } from '../catalogue/seed.ts';
import type { Decider, Run } from '../simulator/run.ts';
import type { TallyEntry } from '../simulator/tally.ts';
import { findCall, findDenied, type FoundCall } from './argument-search.ts';
import { findDeadWeightInSteps } from './dead-weight.ts';
import { drain, type Steps } from './steps.ts';

/** A way a call of a tool can come out: allowed, or settled by one rule. `calls`: how many of the run did. */
export interface CoverageCell {
  readonly tool: string;
  readonly kind: Decider['kind'];
  readonly rule: string;
  readonly pointer: string;
  readonly calls: number;
}

/** Most calls of a scenario that makes a limit deny. */
const MOST_TO_FILL = 100_000;

/** Every way calls of these tools can come out under a policy, in the order of decision, and how often a run saw each. */
export function coverage(
  policy: Policy,
  tools: readonly string[],
  run: Run,
  tally: readonly TallyEntry[],
): CoverageCell[] {
  const compiled = compilePolicy(policy);
  const seen = new Map<string, number>();
  for (const { tool, decider, calls } of tally) {
    const key = `${run.table.tools[tool] ?? ''}\n${run.deciders[decider]?.rule ?? ''}`;
    seen.set(key, (seen.get(key) ?? 0) + calls);
  }
  const names = [...new Set([...policy.tools.keys(), ...tools])];
  return names.flatMap((tool) =>
    cellsOf(compiled.tool(tool)).map((cell): CoverageCell => ({
      ...cell,
      tool,
      calls: seen.get(`${tool}\n${cell.rule}`) ?? 0,
    })),
  );
}

type Cell = Pick<CoverageCell, 'kind' | 'rule' | 'pointer'>;

function cellsOf({ refusal, rules, limits, approval }: CompiledTool): Cell[] {
  if (refusal !== null) {
    const rule = refusal.kind === 'hidden' ? '(hidden)' : '(default deny)';
    return [{ kind: refusal.kind, rule, pointer: refusal.pointer }];
  }
  return [
    ...rules.map(({ rule: { rule, pointer } }): Cell => ({ kind: 'rule', rule, pointer })),
    ...limits.map(({ limit: { rule, pointer } }): Cell => ({ kind: 'limit', rule, pointer })),
    ...(approval === null ? [] : [{ kind: 'approval', rule: approval.rule, pointer: approval.pointer } as const]),
    { kind: 'allowed', rule: '', pointer: '' },
  ];
}

/**
 * A scenario whose calls reach the cells of `missing`: one call for each rule, as many as it takes for a limit, an agent
 * for each tool. Cells that no call was found for are returned as `left`.
 */
export function coveringScenario(policy: Policy, missing: readonly CoverageCell[], start: string): Covering {
  return drain(coveringScenarioInSteps(policy, missing, start));
}

/** A scenario for cells, and those no call was found for. */
export interface Covering {
  readonly scenario: Scenario;
  readonly left: readonly CoverageCell[];
}

/** `coveringScenario` with a stop after each cell. */
export function* coveringScenarioInSteps(
  policy: Policy,
  missing: readonly CoverageCell[],
  start: string,
): Steps<Covering> {
  const compiled = compilePolicy(policy);
  const left: CoverageCell[] = [];
  const agents = new Map<string, Step[]>();
  const dead = new Set((yield* findDeadWeightInSteps(policy)).map(({ pointer }) => pointer));
  for (const cell of missing) {
    const isDead = cell.kind === 'limit' && dead.has(cell.pointer);
    const steps = isDead ? null : stepsFor(cell, compiled.tool(cell.tool), policy);
    if (steps === null) left.push(cell);
    else agents.set(cell.tool, [...(agents.get(cell.tool) ?? []), ...steps]);
    yield;
  }
  const waits = missing.some(({ tool }) => compiled.tool(tool).approval !== null);
  return {
    scenario: {
      version: '1',
      name: 'What the run left out',
      start,
      agents: [...agents].map(([tool, steps]): Agent => ({ name: `covers ${tool}`, steps })),
      ...(waits ? { approvals: { mode: 'approve' as const, after: '0ms' } } : {}),
    },
    left,
  };
}

function stepsFor(cell: CoverageCell, tool: CompiledTool, policy: Policy): Step[] | null {
  const call = (args: JsonObject): Step[] => [{ call: cell.tool, args }];
  const found = (result: FoundCall): Step[] | null => (result.kind === 'found' ? call(result.args) : null);
  switch (cell.kind) {
    case 'hidden':
    case 'default':
    case 'no-policy':
      return call(SAMPLE_ARGUMENTS.get(cell.tool) ?? {});
    case 'rule': {
      const index = tool.rules.findIndex(({ rule }) => rule.pointer === cell.pointer);
      const { rule } = tool.rules[index] ?? {};
      if (rule?.conditions.length === 0) return call(SAMPLE_ARGUMENTS.get(cell.tool) ?? {});
      return found(findDenied(cell.tool, tool, policy.dialect, index));
    }
    case 'limit':
      return fills(cell, tool, policy);
    case 'allowed': {
      const once = found(findCall(cell.tool, tool, policy.dialect));
      // why: the second of two equal calls passes once somebody approved the first.
      return once === null || tool.approval === null ? once : [...once, { wait: '1s' }, ...once];
    }
    case 'approval':
    case 'refused-approval':
      return found(findCall(cell.tool, tool, policy.dialect));
  }
}

/** Calls that fill a limit and go one over; spent all at once where it counts what is spent. */
function fills(cell: CoverageCell, tool: CompiledTool, policy: Policy): Step[] | null {
  const limit = tool.limits.find(({ limit: { pointer } }) => pointer === cell.pointer)?.limit;
  if (limit === undefined) return null;
  const { amount, max } = limit;
  const wanted = amount.kind === 'argument' ? ({ segments: amount.segments, order: 'greatest' } as const) : undefined;
  const found = findCall(cell.tool, tool, policy.dialect, wanted);
  if (found.kind !== 'found') return null;
  const value = amount.kind === 'argument' ? resolveArgument(found.args, amount.segments) : null;
  const each = amount.kind === 'static' ? amount.value : value?.found ? Number(value.value) : 0;
  const times = each > 0 ? Math.floor(max / each) + 1 : Infinity;
  return times > MOST_TO_FILL ? null : [{ call: cell.tool, args: found.args, times }];
}
