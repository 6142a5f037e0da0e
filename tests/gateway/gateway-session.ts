import type { ApprovalPolicy } from '../../src/core/engine/approvals.ts';
import type { Caller, Decision, UpstreamStatus, WindowMode } from '../../src/core/engine/decision.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import { LivingWorld } from '../../src/core/upstream/living-world.ts';
import { createServer } from '../../src/core/upstream/server.ts';
import type { World } from '../../src/core/upstream/world.ts';
import { type AgentAnswer, formatAgentAnswer, type RequestId } from '../../src/core/simulator/agent-message.ts';
import { UPSTREAM_CODE } from '../../src/core/simulator/columns.ts';
import { CounterWatch } from '../../src/core/simulator/counter-watch.ts';
import type { DecisionColumns } from '../../src/core/simulator/decision-columns.ts';
import { describeDecision } from '../../src/core/simulator/describe-decision.ts';
import { Evaluator } from '../../src/core/simulator/evaluator.ts';
import { GrowingCalls } from './growing-calls.ts';
import { STATUS_NAMES } from '../../src/core/simulator/run.ts';

/** What stays the same while a gateway answers. Left out: calendar windows, approvals ignored, a policy for everyone. */
export interface GatewayTerms {
  readonly windows?: WindowMode;
  readonly noPolicy?: readonly string[];
  readonly approvals?: ApprovalPolicy;
}

/** A call as it arrives. Left out: the server's own answer, at once. */
export interface GatewayCall extends Caller {
  readonly atMs: number;
  readonly tool: string;
  readonly args: JsonObject;
  readonly upstream?: UpstreamStatus | 'auto';
  readonly latencyMs?: number;
}

/** What became of a call, and what its agent is answered. `status` is null when it was not forwarded. */
export interface GatewayReply {
  readonly decision: Decision;
  readonly status: UpstreamStatus | null;
  readonly answer: AgentAnswer;
}

/**
 * A gateway that is asked call by call, with the evaluator, world and words of a simulation: the same calls at the same
 * times get the same decisions and answers. Callers and tools need not be known beforehand.
 */
export class GatewaySession {
  /** The server's world as the calls so far have left it. */
  readonly world: LivingWorld;
  readonly #policy: Policy;
  readonly #terms: Required<GatewayTerms>;
  readonly #server: ReturnType<typeof createServer>;
  readonly #calls = new GrowingCalls();
  #evaluator: Evaluator;

  /** `start` is the world that the first call meets; it is left as it is. */
  constructor(policy: Policy, start: World, terms: GatewayTerms = {}) {
    this.#policy = policy;
    this.#terms = { windows: 'calendar', noPolicy: [], approvals: { mode: 'ignore', afterMs: 0 }, ...terms };
    this.world = new LivingWorld(start);
    this.#server = createServer(this.world);
    this.#evaluator = this.#begin();
  }

  /** Decides and answers a call. One that comes with an earlier time than the call before it counts as made with it. */
  answer(
    id: RequestId,
    { atMs, grant, session, tool, args, upstream = 'auto', latencyMs = 0 }: GatewayCall,
  ): GatewayReply {
    const calls = this.#calls;
    const [who, what] = [calls.callerOf({ grant, session }), calls.toolOf(tool)];
    if (who.isNew || what.isNew) this.#evaluator = this.#begin();
    const nowMs = Math.max(atMs, calls.columns.atMs[calls.count - 1] ?? -Infinity);
    const call = calls.push({
      atMs: nowMs,
      caller: who.index,
      tool: what.index,
      args,
      upstream: UPSTREAM_CODE[upstream],
      latencyMs,
    });
    const { decision, status } = this.#decide(call);
    const { outcome, message } = decision;
    const { dialect } = this.#policy;
    const asked = { id, tool, args, atMs: nowMs, outcome, message, status, latencyMs };
    const answer = formatAgentAnswer(asked, dialect, this.#server);
    const isDone = status === 'ok' && this.#server.status(tool, args) === 'ok';
    if (isDone) this.world.apply(call, tool, args, nowMs);
    return { decision, status, answer };
  }

  #decide(call: number): Omit<GatewayReply, 'answer'> {
    const evaluator = this.#evaluator;
    evaluator.input = this.#calls.columns;
    evaluator.output = decisionsFrom(call, 1);
    const watch = new CounterWatch(evaluator, null);
    const readings = watch.collect(() => evaluator.decide(call, call + 1));
    const code = evaluator.output.status[0] ?? 0;
    // INVARIANT: a call that was answered once is never asked about again, whoever is met later.
    this.#calls.columns.upstream[call] = code;
    const decision = describeDecision(evaluator, this.#policy.dialect, call, readings);
    return { decision, status: STATUS_NAMES[code] ?? null };
  }

  /** An evaluator for everybody met so far, brought to where the last one was. */
  #begin(): Evaluator {
    const { columns, count } = this.#calls;
    const table = this.#calls.table();
    const answer = (tool: number, argsId: number): number =>
      UPSTREAM_CODE[this.#server.status(table.tools[tool] ?? '', table.argsAt(argsId))];
    const terms = { ...this.#terms, policy: this.#policy, table, expectedCalls: 0, answer };
    const evaluator = new Evaluator(terms, columns, decisionsFrom(0, count));
    evaluator.decide(0, count);
    return evaluator;
  }
}

function decisionsFrom(from: number, count: number): DecisionColumns {
  return { from, outcome: new Uint8Array(count), decider: new Uint16Array(count), status: new Uint8Array(count) };
}
