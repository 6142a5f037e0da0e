import { Approvals, type ApprovalPolicy, PASSED, type SavedRequest, WAITING } from '../engine/approvals.ts';
import { compilePolicy } from '../engine/compile.ts';
import type { WindowMode } from '../engine/decision.ts';
import { type QueuedItems, TimedQueue } from '../engine/timed-queue.ts';
import type { Policy } from '../policy/model.ts';
import { ArgumentFacts } from './argument-facts.ts';
import { type Binding, bindPolicy } from './bind.ts';
import { type CallColumns, type CallTable, UPSTREAM_CODE } from './columns.ts';
import type { Ledger, LedgerWatch } from './ledger.ts';
import type { Answer, DecisionColumns } from './decision-columns.ts';
import { FastLane } from './fast-lane.ts';
import { SlidingLedger } from './sliding-ledger.ts';
import { StoredLedger } from './stored-ledger.ts';
import { WindowLedger } from './window-ledger.ts';

/** What stays the same while a run is decided. */
export interface RunTerms {
  readonly policy: Policy;
  readonly table: CallTable;
  /** Of calls, for the choice of what to remember; no bound. */
  readonly expectedCalls: number;
  readonly windows: WindowMode;
  readonly noPolicy: readonly string[];
  readonly approvals: ApprovalPolicy;
  readonly answer: Answer;
}

/** Watches counters, and has things of its own to do at certain times. */
export interface RunWatch extends LedgerWatch {
  /** When `expireNext` is due; Infinity for never. */
  readonly nextMs: number;
  expireNext(): void;
}

/** What the decisions to come hang on, beside columns and terms. */
export interface EvaluatorState {
  readonly counters: readonly Uint8Array[];
  readonly answers: QueuedItems;
  readonly requests: readonly SavedRequest[];
}

/**
 * Decides calls one after the other (docs: policy.md#order-of-a-decision), both dialects, all window modes. The one
 * place where calls are decided: a simulation and the replay of a run differ in where columns come from and go to.
 */
export class Evaluator {
  /** Calls to decide. May be exchanged for longer arrays that begin the same. */
  input: CallColumns;
  output: DecisionColumns;
  readonly binding: Binding;
  readonly ledger: Ledger;
  readonly #facts: ArgumentFacts;
  readonly #approvals: Approvals;
  readonly #answer: Answer;
  readonly #failures: Uint8Array;
  readonly #fastLane: FastLane | null;
  /** Calls whose failed answer is still out. */
  readonly #answers = new TimedQueue();
  #watch: RunWatch | null = null;
  /** When an answer, or the watch, is due next. */
  #dueMs = Infinity;
  #nowMs = 0;

  constructor(terms: RunTerms, input: CallColumns, output: DecisionColumns) {
    const { policy, table } = terms;
    this.input = input;
    this.output = output;
    this.binding = bindPolicy(compilePolicy(policy), table, terms.noPolicy);
    let stored: StoredLedger | null = null;
    this.#facts = new ArgumentFacts(this.binding, terms.expectedCalls, (counter) =>
      stored ? stored.current(counter, this.#nowMs) : 0,
    );
    if (policy.dialect === 'intercept') this.ledger = stored = new StoredLedger(this.binding, this.#facts);
    else if (terms.windows === 'sliding') this.ledger = new SlidingLedger(this.binding, this.#facts);
    else this.ledger = new WindowLedger(this.binding, this.#facts, terms.windows === 'anchored');
    this.#approvals = new Approvals(terms.approvals, (id) => table.argsAt(id));
    this.#answer = terms.answer;
    this.#failures = failuresOf(policy);
    this.#fastLane =
      this.ledger instanceof WindowLedger ? new FastLane(this.binding, this.#facts, this.ledger, this.#answer) : null;
  }

  /** Lets a replay see every change of a counter. */
  set watch(watch: RunWatch | null) {
    this.#watch = watch;
    this.ledger.watch = watch;
    this.#noteDue();
  }

  /** Decides calls `from … to` (half-open). Calls come in order, each once; where they are cut does not matter. */
  decide(from: number, to: number): void {
    const lane = this.#watch === null && this.#fastLane?.isOpen ? this.#fastLane : null;
    for (let call = from; call < to; call++) {
      if (lane) {
        const next = lane.decide(this.input, this.output, call, to, this.#dueMs);
        if (next > call) this.#noteFailure(next - 1);
        call = next;
      }
      if (call < to) this.#decide(call);
    }
  }

  /** A copy of what the next decision hangs on; null where that is too much to copy. */
  save(): EvaluatorState | null {
    const counters = this.ledger.memory?.map((bytes) => bytes.slice());
    const requests = this.#approvals.save();
    return counters && requests ? { counters, answers: this.#answers.save(), requests } : null;
  }

  /** Goes on from what an evaluator of the same terms saved; for one that has decided nothing yet. */
  restore({ counters, answers, requests }: EvaluatorState): void {
    this.ledger.memory?.forEach((bytes, i) => bytes.set(counters[i]!));
    this.#answers.restore(answers);
    this.#approvals.restore(requests);
    this.#noteDue();
  }

  /** Counts a call that is known to have been forwarded, without asking whether it may be. */
  repeat(call: number): void {
    const { atMs, caller, tool, args } = this.input;
    const now = atMs[call]!;
    if (now >= this.#dueMs) this.#settleUntil(now);
    this.ledger.refuse(tool[call]!, caller[call]!, args[call]!, now);
    this.#forward(call, tool[call]!, caller[call]!, args[call]!, now);
  }

  /** When what a forwarded call took is returned; Infinity for never. */
  returnsAtMs(call: number): number {
    if (this.#failures[this.input.upstream[call]!] === 0) return Infinity;
    return this.input.atMs[call]! + this.input.latencyMs[call]!;
  }

  /** Applies every answer that arrives up to `atMs`; what comes after the last call of a run. */
  settleUntil(atMs: number): void {
    this.#settleUntil(atMs);
  }

  /** When the call just refused by `decider` could fit, if that is a limit's and nothing else were called; else null. */
  retryAtMs(call: number, decider: number): number | null {
    const { deciders, steps } = this.binding;
    if (deciders[decider]?.kind !== 'limit') return null;
    const { tool, caller, args, atMs } = this.input;
    const step = steps.decider.indexOf(decider, steps.from[tool[call]!]);
    return this.ledger.retryAtMs(step, caller[call]!, args[call]!, atMs[call]!);
  }

  /** The order of decision (docs: policy.md#order-of-a-decision). */
  #decide(call: number): void {
    const atMs = this.input.atMs[call]!;
    if (atMs >= this.#dueMs) this.#settleUntil(atMs);
    const caller = this.input.caller[call]!;
    const tool = this.input.tool[call]!;
    const argsId = this.input.args[call]!;
    const { callerRefusal, toolRefusal, approval, outcomeOf, steps } = this.binding;
    let by = callerRefusal[caller]! || toolRefusal[tool]! || this.#verdict(tool, argsId, atMs);
    if (by === 0) {
      const step = this.ledger.refuse(tool, caller, argsId, atMs);
      if (step >= 0) by = steps.decider[step]!;
      else if (approval[tool] !== 0) by = this.#askApproval(call, atMs);
    }
    const { outcome, decider, status, from } = this.output;
    decider[call - from] = by;
    outcome[call - from] = outcomeOf[by]!;
    status[call - from] = by === 0 ? this.#forward(call, tool, caller, argsId, atMs) : 0;
  }

  #verdict(tool: number, argsId: number, atMs: number): number {
    this.#nowMs = atMs;
    return this.#facts.verdict(tool, argsId);
  }

  /** Takes from the counters, gets the answer and sees to what a failure returns. The answer's code. */
  #forward(call: number, tool: number, caller: number, argsId: number, atMs: number): number {
    this.ledger.take(tool, caller, argsId, call, atMs);
    const scripted = this.input.upstream[call]!;
    // why: a server that is said to have answered has done what it was asked, so it is asked too.
    const own = scripted <= UPSTREAM_CODE.ok ? this.#answer(tool, argsId) : scripted;
    const status = scripted === UPSTREAM_CODE.auto ? own : scripted;
    if (this.#failures[status] !== 0) this.#awaitFailure(call, tool, atMs);
    else if (this.#watch !== null) this.#noteDue();
    return status;
  }

  /** Sees to the failure of a call that the fast lane decided last. */
  #noteFailure(call: number): void {
    const { status, from } = this.output;
    if (this.#failures[status[call - from]!] !== 0)
      this.#awaitFailure(call, this.input.tool[call]!, this.input.atMs[call]!);
  }

  #awaitFailure(call: number, tool: number, atMs: number): void {
    const { steps, approval } = this.binding;
    if (steps.from[tool] === steps.from[tool + 1] && approval[tool] === 0) return;
    const latencyMs = this.input.latencyMs[call]!;
    // why: an answer at once comes before everything that follows, and after all that was due.
    if (latencyMs === 0) this.#settle(call, atMs);
    else this.#answers.push(atMs + latencyMs, call);
    this.#noteDue();
  }

  /** Applies what is due, in order of time: a window that ends is over before an answer of the same millisecond. */
  #settleUntil(atMs: number): void {
    for (;;) {
      const answerMs = this.#answers.nextMs;
      const expiryMs = this.#watch?.nextMs ?? Infinity;
      if (Math.min(answerMs, expiryMs) > atMs || (answerMs === Infinity && expiryMs === Infinity)) break;
      if (expiryMs <= answerMs) this.#watch?.expireNext();
      else this.#settle(this.#answers.pop(), answerMs);
    }
    this.#noteDue();
  }

  /** Returns what a failed call took: its amounts, and the approval it used up. */
  #settle(call: number, atMs: number): void {
    const { tool, caller, args, atMs: takenMs } = this.input;
    const what = tool[call]!;
    this.ledger.giveBack(what, caller[call]!, args[call]!, call, takenMs[call]!, atMs);
    if (this.binding.approval[what] !== 0) this.#approvals.giveBack(this.#pairOf(call), args[call]!);
  }

  #askApproval(call: number, atMs: number): number {
    const { tool, args } = this.input;
    const asked = this.binding.approval[tool[call]!]!;
    const answer = this.#approvals.ask(this.#pairOf(call), args[call]!, atMs);
    if (answer === PASSED) return 0;
    return answer === WAITING ? asked : asked + 1;
  }

  /** Identity of grant and tool. */
  #pairOf(call: number): number {
    const { toolIdentity, ownerOf, table } = this.binding;
    return toolIdentity[this.input.tool[call]!]! * table.callers.length + ownerOf[this.input.caller[call]!]!;
  }

  #noteDue(): void {
    this.#dueMs = Math.min(this.#answers.nextMs, this.#watch?.nextMs ?? Infinity);
  }
}

/** Which answers return what was taken, by `UPSTREAM_CODE`. */
function failuresOf({ dialect }: Policy): Uint8Array {
  const failures = new Uint8Array(256);
  const { rpc_error, tool_error, timeout } = UPSTREAM_CODE;
  for (const code of dialect === 'intercept' ? [rpc_error] : [rpc_error, tool_error, timeout]) failures[code] = 1;
  return failures;
}
