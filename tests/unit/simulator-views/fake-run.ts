import { OUTCOME_NAMES, UPSTREAM_CODE, type ShownOutcome } from '../../../src/core/simulator/columns.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { UpstreamStatus, WindowMode } from '../../../src/core/engine/decision.ts';
import { compilePolicy } from '../../../src/core/engine/compile.ts';
import type { Limit, Policy, Rule, ToolPolicy } from '../../../src/core/policy/model.ts';
import { bindPolicy } from '../../../src/core/simulator/bind.ts';
import { Checkpoints } from '../../../src/core/simulator/checkpoints.ts';
import type { Decider, Run, RunColumns, RunLimit } from '../../../src/core/simulator/run.ts';

/** One decided call, as tests write it down. */
export interface FakeCall {
  readonly atMs: number;
  readonly grant?: string;
  readonly session?: string;
  readonly tool?: string;
  readonly outcome?: ShownOutcome;
  readonly rule?: string;
  readonly args?: JsonObject;
  readonly status?: UpstreamStatus;
}

export interface FakeRunOptions {
  readonly limits?: readonly ToolLimit[];
  readonly rules?: ReadonlyMap<string, readonly Rule[]>;
  readonly hide?: readonly string[];
  readonly windows?: WindowMode;
  /** Tools the policy lists, with or without limits. */
  readonly policyTools?: readonly string[];
  readonly dialect?: 'policylayer' | 'intercept';
  /** Names put into the tables first, so that the same calls get other indices. */
  readonly tablesStartWith?: readonly string[];
  readonly partial?: boolean;
}

/** A limit and the tool it is for; null for every tool. */
export interface ToolLimit {
  readonly tool: string | null;
  readonly limit: Limit;
}

class Table<T> {
  readonly list: T[] = [];
  readonly #index = new Map<string, number>();

  add(item: T): number {
    const key = JSON.stringify(item);
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    this.#index.set(key, this.list.length);
    return this.list.push(item) - 1;
  }
}

/** A run whose calls were decided as written, for views that read columns only. */
export function fakeRun(calls: readonly FakeCall[], options: FakeRunOptions = {}): Run {
  const callers = new Table<{ grant: string; session: string }>();
  const tools = new Table<string>();
  const deciders = new Table<Decider>();
  const args = new Table<JsonObject>();
  deciders.add({ kind: 'allowed', rule: '', pointer: '', limit: -1 });
  for (const name of options.tablesStartWith ?? []) {
    callers.add({ grant: name, session: name });
    tools.add(name);
    deciders.add({ kind: 'rule', rule: name, pointer: name, limit: -1 });
  }
  for (const call of calls) {
    callers.add({ grant: call.grant ?? 'g', session: call.session ?? 's' });
    tools.add(call.tool ?? 'tool');
  }
  const table = {
    callers: callers.list,
    tools: tools.list,
    get argsCount() {
      return args.list.length;
    },
    argsAt: (id: number) => args.list[id] ?? {},
  };
  const policy = fakePolicy(options);
  const { limits } = bindPolicy(compilePolicy(policy), table, []);
  const columns = emptyColumns(calls.length);
  calls.forEach((call, i) => {
    const outcome = call.outcome ?? 'allow';
    const status = call.status ?? (outcome === 'allow' ? 'ok' : null);
    columns.atMs[i] = call.atMs;
    columns.caller[i] = callers.add({ grant: call.grant ?? 'g', session: call.session ?? 's' });
    columns.tool[i] = tools.add(call.tool ?? 'tool');
    columns.args[i] = args.add(call.args ?? {});
    columns.outcome[i] = OUTCOME_NAMES.indexOf(outcome);
    columns.decider[i] = deciders.add(deciderOf(call, outcome, limits));
    columns.status[i] = status === null ? 0 : UPSTREAM_CODE[status];
  });
  const planned = { ...columns, upstream: columns.status };
  return {
    policy,
    plan: {
      calls: planned,
      table,
      reactions: callers.list.map(() => null),
      approvals: { mode: 'ignore', afterMs: 0 },
    },
    table,
    windows: options.windows ?? 'calendar',
    noPolicy: [],
    columns,
    partial: options.partial ?? false,
    deciders: deciders.list,
    limits,
    checkpoints: new Checkpoints(),
  };
}

/** A policy with `default: deny` that lists the tools of the options. */
export function fakePolicy(options: FakeRunOptions): Policy {
  const part = (name: string | null): ToolPolicy => ({
    name: name ?? '',
    pointer: name === null ? '/all_tools' : `/tools/${name}`,
    rules: (name === null ? undefined : options.rules?.get(name)) ?? [],
    limits: (options.limits ?? []).flatMap(({ tool, limit }) => (tool === name ? [limit] : [])),
    approval: null,
  });
  const listed = (options.limits ?? []).flatMap(({ tool }) => (tool === null ? [] : [tool]));
  const names = new Set([...(options.policyTools ?? []), ...(options.rules?.keys() ?? []), ...listed]);
  return {
    dialect: options.dialect ?? 'policylayer',
    version: '1',
    description: '',
    defaultAction: 'deny',
    hide: (options.hide ?? []).map((name, i) => ({ name, pointer: `/hide/${i}` })),
    tools: new Map([...names].map((name) => [name, part(name)])),
    everyTool: part(null),
  };
}

function deciderOf(call: FakeCall, outcome: ShownOutcome, limits: readonly RunLimit[]): Decider {
  if (outcome === 'allow') return { kind: 'allowed', rule: '', pointer: '', limit: -1 };
  const rule = call.rule ?? '(default deny)';
  const limit = limits.findIndex((one) => one.limit.rule === rule);
  if (limit >= 0) return { kind: 'limit', rule, pointer: limits[limit]!.limit.pointer, limit };
  if (outcome === 'hidden') return { kind: 'hidden', rule: '(hidden)', pointer: '/hide/0', limit: -1 };
  if (rule === '(default deny)') return { kind: 'default', rule, pointer: '/default', limit: -1 };
  return { kind: 'rule', rule, pointer: rule, limit: -1 };
}

function emptyColumns(count: number): RunColumns {
  return {
    count,
    atMs: new Float64Array(count),
    caller: new Uint16Array(count),
    tool: new Uint16Array(count),
    args: new Uint32Array(count),
    latencyMs: new Uint32Array(count),
    outcome: new Uint8Array(count),
    decider: new Uint16Array(count),
    status: new Uint8Array(count),
  };
}

/** A limit of 30 a minute and grant on `tool`, changed as asked. */
export function fakeLimit(tool: string | null, change: Partial<Limit> = {}): ToolLimit {
  const counter = change.counter ?? 'rate';
  const place = tool === null ? '/all_tools' : `/tools/${tool}`;
  return {
    tool,
    limit: {
      rule: `${place}/limits/${counter}`,
      pointer: `${place}/limits/0`,
      onDeny: null,
      counter,
      counterKey: `${place}/${counter}`,
      scope: 'grant',
      windowMs: 60_000,
      max: 30,
      amount: { kind: 'static', value: 1 },
      counts: true,
      ...change,
    },
  };
}
