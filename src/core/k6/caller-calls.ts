import type { JsonObject } from '../json.ts';

/** One call as it is written down; `outcome` and `answer` are codes of the run's columns. */
export interface WrittenCall {
  /** From 1. */
  readonly number: number;
  readonly offsetMs: number;
  readonly tool: number;
  readonly args: number;
  readonly outcome: number;
  readonly answer: number;
}

/**
 * The calls of one caller as columns, with a table of the arguments they differ in. Numbers and times are kept as
 * differences, so that large runs stay small.
 */
export class CallerCalls {
  readonly #call: number[] = [];
  readonly #at: number[] = [];
  readonly #tool: number[] = [];
  readonly #args: number[] = [];
  readonly #outcome: number[] = [];
  readonly #answer: number[] = [];
  readonly #table: string[] = [];
  readonly #byId = new Map<number, number>();
  readonly #byText = new Map<string, number>();
  #number = 0;
  #offsetMs = 0;

  get count(): number {
    return this.#call.length;
  }

  /** Adds a call, not earlier than the one before it. Gives how many characters of arguments that added. */
  add(call: WrittenCall, argsAt: (id: number) => JsonObject): number {
    this.#call.push(call.number - this.#number);
    this.#at.push(call.offsetMs - this.#offsetMs);
    this.#number = call.number;
    this.#offsetMs = call.offsetMs;
    this.#tool.push(call.tool);
    this.#outcome.push(call.outcome);
    this.#answer.push(call.answer);
    const known = this.#byId.get(call.args);
    const text = known === undefined ? JSON.stringify(argsAt(call.args)) : '';
    const index = known ?? this.#indexOf(text);
    this.#byId.set(call.args, index);
    this.#args.push(index);
    return index === this.#table.length - 1 ? text.length : 0;
  }

  /** Everything as JSON text. */
  toText(): string {
    const columns = {
      call: this.#call,
      at: this.#at,
      tool: this.#tool,
      args: this.#args,
      outcome: this.#outcome,
      answer: this.#answer,
    };
    return `${JSON.stringify(columns).slice(0, -1)},"table":[${this.#table.join(',')}]}`;
  }

  #indexOf(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const index = this.#table.push(text) - 1;
    this.#byText.set(text, index);
    return index;
  }
}
