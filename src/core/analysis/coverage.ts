import { type CompiledPolicy, type CompiledTool, compilePolicy } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { Amount, Limit, Policy } from '../policy/model.ts';
import { MAX_AGENTS } from '../scenario/limits.ts';
import type { Agent, Scenario, Step } from '../scenario/model.ts';
import { SAMPLE_ARGUMENTS } from '../catalogue/seed.ts';
import type { Decider, Run } from '../simulator/run.ts';
import type { TallyEntry } from '../simulator/tally.ts';
import { findCall, findDenied, type FoundCall } from './argument-search.ts';
import { findDeadWeight } from './dead-weight.ts';
import { fillLimit, type Filler } from './fill-limit.ts';
import type { Steps } from './steps.ts';

/** A way a call of a tool can come out: allowed, or settled by one rule. `calls`: how many of the run did. */
export interface CoverageCell {
  readonly tool: string;
  readonly kind: Decider['kind'];
  readonly rule: string;
  readonly pointer: string;
  readonly calls: number;
}

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
  // why: in Intercept `*` stands for every tool; no call names it.
  const own = [...policy.tools.keys()].filter((name) => policy.dialect === 'policylayer' || name !== '*');
  const names = [...new Set([...own, ...tools])];
  return names.flatMap((tool) =>
    cellsOf(compiled.tool(tool)).map((cell): CoverageCell => ({
      ...cell,
      tool,
      calls: seen.get(`${tool}\n${cell.rule}`) ?? 0,
    })),
  );
}

type Cell = Pick<CoverageCell, 'kind' | 'rule' | 'pointer'>;

/** A limit of Intercept is a rule that reads its counter as well, and one way to come out. */
function cellsOf({ refusal, rules, limits, approval }: CompiledTool): Cell[] {
  if (refusal !== null) {
    const rule = refusal.kind === 'hidden' ? '(hidden)' : '(default deny)';
    return [{ kind: refusal.kind, rule, pointer: refusal.pointer }];
  }
  const limited = new Set(limits.map(({ limit }) => limit.rule));
  const alone = rules.filter(({ rule, readsCounters }) => !readsCounters || !limited.has(rule.rule));
  return [
    ...alone.map(({ rule: { rule, pointer } }): Cell => ({ kind: 'rule', rule, pointer })),
    ...limits.map(({ limit: { rule, pointer } }): Cell => ({ kind: 'limit', rule, pointer })),
    ...(approval === null ? [] : [{ kind: 'approval', rule: approval.rule, pointer: approval.pointer } as const]),
    { kind: 'allowed', rule: '', pointer: '' },
  ];
}

/** A scenario for cells, and those no call was found for. */
export interface Covering {
  readonly scenario: Scenario;
  readonly left: readonly CoverageCell[];
}

/**
 * A scenario whose calls reach the cells of `missing`: one call for each rule, an agent for each tool; and for a limit an
 * agent of its own that fills it, with calls of other tools too where they share it. Cells that no call was found for,
 * or no room in one scenario, are returned as `left`. Stops after each cell.
 */
export function* coveringScenario(policy: Policy, missing: readonly CoverageCell[], start: string): Steps<Covering> {
  const compiled = compilePolicy(policy);
  const left: CoverageCell[] = [];
  const agents = new Map<string, Step[]>();
  const dead = new Set((yield* findDeadWeight(policy)).map(({ pointer }) => pointer));
  const fills = new LimitFills(policy, compiled, Date.parse(start));
  for (const cell of missing) {
    const isLimit = cell.kind === 'limit';
    const name = isLimit ? `fills ${cell.rule} of ${cell.tool}` : `covers ${cell.tool}`;
    const before = agents.get(name);
    const isDead = isLimit && dead.has(cell.pointer);
    const isFull = before === undefined && agents.size === MAX_AGENTS;
    const steps = isDead || isFull ? null : isLimit ? fills.of(cell) : stepsFor(cell, compiled.tool(cell.tool), policy);
    if (steps === null) left.push(cell);
    else agents.set(name, [...(before ?? []), ...steps]);
    yield;
  }
  const tools = new Set([...agents.values()].flat().flatMap((step) => ('call' in step ? [step.call] : [])));
  const waits = [...tools].some((tool) => compiled.tool(tool).approval !== null);
  return {
    scenario: {
      version: '1',
      name: 'What the run left out',
      start,
      agents: [...agents].map(([name, steps]): Agent => ({ name, steps })),
      ...(waits ? { approvals: { mode: 'approve' as const, after: '0ms' } } : {}),
    },
    left,
  };
}

/** Makes the steps that fill limits. Callers of Intercept share all counters, so there each limit gets a time of its own. */
class LimitFills {
  readonly #policy: Policy;
  readonly #compiled: CompiledPolicy;
  readonly #startMs: number;
  readonly #slotMs: number;
  #slots = 0;
  #made = 0;

  constructor(policy: Policy, compiled: CompiledPolicy, startMs: number) {
    this.#policy = policy;
    this.#compiled = compiled;
    this.#startMs = startMs;
    const limits = [...policy.tools.values(), policy.everyTool].flatMap((tool) => tool?.limits ?? []);
    this.#slotMs = Math.max(1, ...limits.map(({ windowMs }) => windowMs));
  }

  /** Steps of a caller of its own; null where none were found. */
  of(cell: CoverageCell): Step[] | null {
    const tool = this.#compiled.tool(cell.tool);
    const limit = tool.limits.find((one) => one.limit.pointer === cell.pointer)?.limit;
    if (limit === undefined) return null;
    this.#made++;
    const probe = this.#filler(cell.tool, limit);
    if (probe === null) return null;
    const isShared = this.#policy.everyTool?.limits.includes(limit) === true;
    const others = isShared ? this.#others(cell.tool, limit) : [];
    // why: its own calls would fill the limits before this one too, so they come last.
    return fillLimit(limit, probe, [...others, probe], this.#from(limit));
  }

  /** The first start of a window of the limit at which nothing has been counted yet. */
  #from({ windowMs }: Limit): number {
    if (this.#policy.dialect === 'policylayer') return Math.ceil(this.#startMs / windowMs) * windowMs;
    this.#slots++;
    return (Math.floor(this.#startMs / this.#slotMs) + this.#slots) * this.#slotMs;
  }

  /** Other tools whose calls count for the same limit, those that wait for nobody first. */
  #others(tool: string, limit: Limit): Filler[] {
    const names = [...new Set([...SAMPLE_ARGUMENTS.keys(), ...this.#policy.tools.keys()])];
    return names
      .filter((name) => name !== tool && this.#compiled.tool(name).refusal === null)
      .flatMap((name) => this.#filler(name, limit) ?? [])
      .sort((a, b) => Number(a.tool.approval !== null) - Number(b.tool.approval !== null));
  }

  /** A call of a tool that spends all it can where the limit counts what is spent, and as little as it can elsewhere. */
  #filler(name: string, { amount }: Limit): Filler | null {
    const tool = this.#compiled.tool(name);
    const spends = amount.kind === 'argument' ? amount : spentBy(tool);
    const order = amount.kind === 'argument' ? 'greatest' : 'least';
    const wanted = spends === null ? undefined : ({ segments: spends.segments, order } as const);
    const found = findCall(name, tool, this.#policy.dialect, wanted);
    return found.kind === 'found' ? { name, tool, args: this.#succeeding(name, tool, found.args) } : null;
  }

  /** The same arguments, so that the server accepts every repeat: an agent is registered under a name only once. */
  #succeeding(name: string, { rules }: CompiledTool, args: JsonObject): JsonObject {
    const isFree = rules.every(({ rule }) => rule.conditions.every(({ segments }) => segments[0] !== 'name'));
    return name === 'register_agent' && isFree ? { ...args, name: `agent ${this.#made} {{n}}` } : args;
  }
}

/** The first argument that a limit of a tool adds up. */
function spentBy({ limits }: CompiledTool): Extract<Amount, { kind: 'argument' }> | null {
  for (const { limit } of limits) if (limit.amount.kind === 'argument') return limit.amount;
  return null;
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
    case 'allowed': {
      const once = found(findCall(cell.tool, tool, policy.dialect));
      // why: the second of two equal calls passes once somebody approved the first.
      return once === null || tool.approval === null ? once : [...once, { wait: '1s' }, ...once];
    }
    case 'limit':
      return null;
    case 'approval':
    case 'refused-approval':
      return found(findCall(cell.tool, tool, policy.dialect));
  }
}
