import type { CompiledLimit, CompiledPolicy, CompiledRule, CompiledTool } from '../engine/compile.ts';
import type { Approval, Limit, Rule } from '../policy/model.ts';
import { type CallTable, OUTCOME_CODE } from './columns.ts';
import type { Decider, RunLimit } from './run.ts';

/** A rule of a tool beside the index of its decider. */
export interface BoundRule {
  readonly compiled: CompiledRule;
  readonly decider: number;
}

/**
 * Limits of all tools laid end to end, in the order they are looked at: those of tool `t` are `from[t] … from[t + 1]`.
 * `counterBase[i] + ownerOf[ownerBase[i] + caller]` is the counter a step uses. `fixedAmount` is NaN where the amount
 * comes from the arguments.
 */
export interface LimitSteps {
  readonly from: Uint32Array;
  readonly limit: Uint32Array;
  readonly decider: Uint16Array;
  readonly counterBase: Int32Array;
  readonly ownerBase: Int32Array;
  readonly max: Float64Array;
  readonly windowMs: Float64Array;
  readonly fixedAmount: Float64Array;
  /** By step. */
  readonly compiled: readonly CompiledLimit[];
}

/** A policy tied to the tables of one run: what a call meets is found by array look-ups alone. */
export interface Binding {
  readonly table: CallTable;
  readonly deciders: readonly Decider[];
  /** What stands behind a decider, where it has a text of its own. */
  readonly sources: readonly (Rule | Limit | Approval | null)[];
  /** `OUTCOME_CODE` by decider. */
  readonly outcomeOf: Uint8Array;
  /** Decider that refuses every call of a tool, or of a caller; 0 for none. */
  readonly toolRefusal: Uint16Array;
  readonly callerRefusal: Uint16Array;
  /** By tool. */
  readonly rules: readonly (readonly BoundRule[])[];
  /** Decider of a tool's approval, followed by that of its refusal; 0 for none. */
  readonly approval: Uint16Array;
  /** Three parts of one entry a caller: grant, session, everyone. */
  readonly ownerOf: Int32Array;
  /** Identity of a tool name, for tables that hold a name twice. */
  readonly toolIdentity: Uint16Array;
  readonly limits: readonly RunLimit[];
  readonly steps: LimitSteps;
  /** Counters of all owners; `StoredCounters` need only one a key. */
  readonly counterCount: number;
  /** Names of the policy's counters, by `CompiledLimit.counter`. */
  readonly counterKeys: readonly string[];
}

const SCOPES = ['grant', 'session', 'everyone'] as const;

const ALLOWED: Decider = { kind: 'allowed', rule: '', pointer: '', limit: -1 };
const NO_POLICY: Decider = { kind: 'no-policy', rule: '(no policy)', pointer: '', limit: -1 };

/** Ties a policy to the callers and tools of a run. `noPolicy` grants are known to `policylayer` only. */
export function bindPolicy(compiled: CompiledPolicy, table: CallTable, noPolicy: readonly string[]): Binding {
  const binder = new Binder(compiled, table);
  return binder.bind(compiled.policy.dialect === 'intercept' ? [] : noPolicy);
}

interface Step {
  readonly limit: number;
  readonly compiled: CompiledLimit;
}

class Binder {
  readonly #compiled: CompiledPolicy;
  readonly #table: CallTable;
  readonly #deciders: Decider[] = [ALLOWED];
  readonly #sources: (Rule | Limit | Approval | null)[] = [null];
  readonly #known = new Map<unknown, number>();
  readonly #limits: RunLimit[] = [];
  readonly #limitIndex = new Map<CompiledLimit, number>();
  readonly #limitDecider: number[] = [];
  readonly #counterBase: number[] = [];
  #counterCount = 0;
  readonly #owners: ReturnType<typeof ownersOf>;

  constructor(compiled: CompiledPolicy, table: CallTable) {
    this.#compiled = compiled;
    this.#table = table;
    this.#owners = ownersOf(table);
  }

  bind(noPolicy: readonly string[]): Binding {
    const { tools, callers } = this.#table;
    const lacking = new Set(noPolicy);
    const callerRefusal = Uint16Array.from(callers, ({ grant }) => (lacking.has(grant) ? this.#decider(NO_POLICY) : 0));
    const compiled = tools.map((name) => this.#compiled.tool(name));
    const toolRefusal = Uint16Array.from(compiled, (tool) => this.#refusalOf(tool));
    const rules = compiled.map((tool) => tool.rules.map((rule) => this.#bindRule(rule)));
    const steps = compiled.map((tool) => tool.limits.map((limit) => this.#bindLimit(limit)));
    const approval = Uint16Array.from(compiled, ({ approval }) => (approval ? this.#bindApproval(approval) : 0));
    const identity = new Map<string, number>();
    return {
      table: this.#table,
      deciders: this.#deciders,
      sources: this.#sources,
      outcomeOf: Uint8Array.from(this.#deciders, ({ kind }) => outcomeOf(kind)),
      toolRefusal,
      callerRefusal,
      rules,
      approval,
      ownerOf: this.#owners.ownerOf,
      toolIdentity: Uint16Array.from(tools, (name) => internIn(identity, name)),
      limits: this.#limits,
      steps: this.#layOut(steps),
      counterCount: this.#counterCount,
      counterKeys: this.#compiled.counterKeys,
    };
  }

  #refusalOf(tool: CompiledTool): number {
    if (!tool.refusal) return 0;
    const { kind, pointer } = tool.refusal;
    const rule = kind === 'hidden' ? '(hidden)' : '(default deny)';
    return this.#decider({ kind, rule, pointer, limit: -1 }, null, pointer);
  }

  #bindRule(compiled: CompiledRule): BoundRule {
    const { rule } = compiled;
    const decider: Decider = { kind: 'rule', rule: rule.rule, pointer: rule.pointer, limit: -1 };
    return { compiled, decider: this.#decider(decider, rule, compiled) };
  }

  #bindApproval(approval: Approval): number {
    const { rule, pointer } = approval;
    const known = this.#known.get(approval);
    if (known !== undefined) return known;
    const first = this.#decider({ kind: 'approval', rule, pointer, limit: -1 }, approval, approval);
    this.#decider({ kind: 'refused-approval', rule, pointer, limit: -1 });
    return first;
  }

  #bindLimit(compiled: CompiledLimit): Step {
    let index = this.#limitIndex.get(compiled);
    if (index === undefined) {
      const { limit, tool } = compiled;
      index = this.#limits.push({ limit, tool, owners: this.#owners.names[limit.scope] }) - 1;
      this.#limitIndex.set(compiled, index);
      this.#limitDecider.push(
        this.#decider({ kind: 'limit', rule: limit.rule, pointer: limit.pointer, limit: index }, limit, compiled),
      );
      this.#counterBase.push(this.#counterCount);
      this.#counterCount += this.#owners.names[limit.scope].length;
    }
    return { limit: index, compiled };
  }

  /** The index of a decider; made once for one `identity`. */
  #decider(decider: Decider, source: Rule | Limit | Approval | null = null, identity: unknown = decider): number {
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    const index = this.#deciders.push(decider) - 1;
    this.#sources.push(source);
    this.#known.set(identity, index);
    return index;
  }

  #layOut(byTool: readonly (readonly Step[])[]): LimitSteps {
    const steps = byTool.flat();
    const callers = this.#table.callers.length;
    let count = 0;
    return {
      from: Uint32Array.from([0, ...byTool.map(({ length }) => (count += length))]),
      limit: Uint32Array.from(steps, ({ limit }) => limit),
      decider: Uint16Array.from(steps, ({ limit }) => this.#limitDecider[limit]!),
      counterBase: Int32Array.from(steps, ({ limit }) => this.#counterBase[limit]!),
      ownerBase: Int32Array.from(steps, ({ compiled }) => SCOPES.indexOf(compiled.limit.scope) * callers),
      max: Float64Array.from(steps, ({ compiled }) => compiled.limit.max),
      windowMs: Float64Array.from(steps, ({ compiled }) => compiled.limit.windowMs),
      fixedAmount: Float64Array.from(steps, ({ compiled }) =>
        compiled.limit.amount.kind === 'static' ? compiled.amountOf({}) : NaN,
      ),
      compiled: steps.map(({ compiled }) => compiled),
    };
  }
}

function outcomeOf(kind: Decider['kind']): number {
  if (kind === 'allowed') return OUTCOME_CODE.allow;
  if (kind === 'hidden') return OUTCOME_CODE.hidden;
  return kind === 'approval' ? OUTCOME_CODE.approval : OUTCOME_CODE.deny;
}

/** Numbers the grants and sessions of a run; `names` are for people: a session reads `grant / session`. */
function ownersOf(table: CallTable) {
  const { callers } = table;
  const grants = new Map<string, number>();
  const sessions = new Map<string, number>();
  const sessionNames: string[] = [];
  const ownerOf = new Int32Array(3 * callers.length);
  callers.forEach(({ grant, session }, caller) => {
    ownerOf[caller] = internIn(grants, grant);
    const owner = internIn(sessions, JSON.stringify([grant, session]));
    if (owner === sessionNames.length) sessionNames.push(`${grant} / ${session}`);
    ownerOf[callers.length + caller] = owner;
  });
  return { ownerOf, names: { grant: [...grants.keys()], session: sessionNames, everyone: ['everyone'] } };
}

function internIn<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
