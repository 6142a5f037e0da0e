import type { Caller, Decision, UpstreamStatus, WindowMode } from '../../../src/core/engine/decision.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Amount, Limit, Policy, Scope } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { type CallPlan, type Reaction, UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';

/** A call as tests write it. */
export interface Call {
  readonly atMs: number;
  readonly tool: string;
  readonly grant?: string;
  readonly session?: string;
  readonly args?: JsonObject;
  readonly upstream?: UpstreamStatus | 'auto';
  readonly latencyMs?: number;
}

export interface Circumstances {
  readonly windows?: WindowMode;
  readonly noPolicy?: readonly string[];
  readonly approvals?: CallPlan['approvals'];
  /** By grant. */
  readonly reactions?: Readonly<Record<string, Partial<Reaction>>>;
  readonly answer?: (tool: number, argsId: number) => number;
  /** Calls decided at once. */
  readonly slice?: number;
  /** Argument ids are shared by equal arguments, so that what follows from them is remembered. */
  readonly sharedArgs?: boolean;
}

/** Reads a `policylayer` document that must be valid. */
export function readPolicy(document: unknown): Policy {
  const { policy, diagnostics } = parsePolicy(JSON.stringify(document), { dialect: 'policylayer', compilePattern });
  if (!policy) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

const NO_REACTION: Reaction = { stopOnDenied: false, retry: null, approvalRetryAfterMs: null };

/** Calls, in order of time, as a plan. */
export function makePlan(calls: readonly Call[], circumstances: Circumstances = {}): CallPlan {
  const tools = [...new Set(calls.map(({ tool }) => tool))];
  const callers: Caller[] = [];
  const callerOf = calls.map(({ grant = 'g', session = 's' }) => {
    const known = callers.findIndex((caller) => caller.grant === grant && caller.session === session);
    return known >= 0 ? known : callers.push({ grant, session }) - 1;
  });
  const args: JsonObject[] = [];
  const idOf = new Map<string, number>();
  const argsOf = calls.map((call) => {
    const value = call.args ?? {};
    const key = circumstances.sharedArgs ? JSON.stringify(value) : String(args.length);
    if (!idOf.has(key)) idOf.set(key, args.push(value) - 1);
    return idOf.get(key)!;
  });
  const { reactions, approvals = { mode: 'ignore', afterMs: 0 } } = circumstances;
  return {
    calls: {
      count: calls.length,
      atMs: Float64Array.from(calls, ({ atMs }) => atMs),
      caller: Uint16Array.from(callerOf),
      tool: Uint16Array.from(calls, ({ tool }) => tools.indexOf(tool)),
      args: Uint32Array.from(argsOf),
      upstream: Uint8Array.from(calls, ({ upstream = 'ok' }) => UPSTREAM_CODE[upstream]),
      latencyMs: Uint32Array.from(calls, ({ latencyMs = 0 }) => latencyMs),
    },
    table: { callers, tools, argsCount: args.length, argsAt: (id) => args[id]! },
    reactions: callers.map(({ grant }) => {
      const reaction = reactions?.[grant];
      return reaction ? { ...NO_REACTION, ...reaction } : null;
    }),
    approvals,
  };
}

/** Decides calls under a policy. */
export function runCalls(policy: Policy, calls: readonly Call[], circumstances: Circumstances = {}): Run {
  const { windows = 'calendar', noPolicy = [], answer = () => UPSTREAM_CODE.ok, slice = 1000 } = circumstances;
  const simulation = createSimulation(policy, makePlan(calls, circumstances), { windows, noPolicy, answer });
  while (!simulation.advance(slice));
  return simulation.finish(false);
}

/** Every decision of a run in full. */
export function decisionsOf(run: Run): Decision[] {
  const again = replay(run, 0);
  return Array.from({ length: run.columns.count }, (_, call) => again.decide(call));
}

/** `allow`, or the rule that did not. */
export function verdictsOf(run: Run): string[] {
  return Array.from(run.columns.decider.subarray(0, run.columns.count), (decider) => {
    const { kind, rule } = run.deciders[decider]!;
    return kind === 'allowed' ? 'allow' : rule;
  });
}

/** A run's columns as plain lists, cut to its calls. */
export function columnsOf({ columns }: Run): Record<string, number[]> {
  const { count, ...lists } = columns;
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Array.from(list).slice(0, count)]));
}

/** A limit of the evaluated form, with windows as short as a test likes. */
export function makeLimit(
  place: string,
  counter: string,
  terms: { windowMs: number; max: number; scope: Scope; amount: Amount },
): Limit {
  return {
    rule: `${place}/limits/${counter}`,
    pointer: `${place}/limits/${counter}`,
    onDeny: null,
    counter,
    counterKey: `${place}/${counter}`,
    counts: true,
    ...terms,
  };
}

/** A `policylayer` policy of the evaluated form that allows what its limits allow. */
export function limitsPolicy(tools: Readonly<Record<string, readonly Limit[]>>, everyTool: readonly Limit[]): Policy {
  const part = (name: string, pointer: string, limits: readonly Limit[]) => ({
    name,
    pointer,
    rules: [],
    limits,
    approval: null,
  });
  return {
    dialect: 'policylayer',
    version: '1',
    description: '',
    defaultAction: 'allow',
    hide: [],
    tools: new Map(Object.entries(tools).map(([name, limits]) => [name, part(name, `/tools/${name}`, limits)])),
    everyTool: everyTool.length > 0 ? part('', '/all_tools', everyTool) : null,
  };
}
