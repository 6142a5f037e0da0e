import type { AssertionResult } from '../../../workers/engine-api.ts';
import { findContradictions } from '../../core/scenario/contradiction.ts';
import type { Assertion, CountAssertion } from '../../core/scenario/model.ts';
import { candidateAssertions, suggestionOf } from '../../core/scenario/suggest-assertions.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** Assertions looked at for contradictions, and shown at first: more would hold up the page. */
export const SHOWN_AT_FIRST = 200;

/**
 * The scenario's assertions and what the run on screen made of them. The scenario document is the only place they are
 * kept in; this adds the row being edited and the one removed last.
 */
export class AssertionBoard {
  readonly #playground: Playground;
  /** Position of the assertion whose fields are open; null for none. */
  opened = $state<number | null>(null);
  /** Position of an assertion that was added to be filled in, until its fields are there. */
  #fresh: number | null = null;
  removed = $state.raw<{ readonly at: number; readonly assertion: Assertion } | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  get list(): readonly Assertion[] {
    return this.#playground.workspace.scenario.expect ?? [];
  }

  /**
   * By the assertion as JSON. An assertion that was edited since the run has none, and one that only moved keeps its own.
   * No `$derived`: the board outlives the panel that first asks for it.
   */
  results(): ReadonlyMap<string, AssertionResult> {
    const { summary, ranWork } = this.#playground.run;
    const ran = ranWork?.scenario.expect ?? [];
    const results = summary?.assertions ?? [];
    return new Map(ran.flatMap((one, i) => (results[i] === undefined ? [] : [[keyOf(one), results[i]] as const])));
  }

  /** For each assertion, the positions of those it cannot hold together with; its own when it never can. */
  conflicts(): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, readonly number[]>();
    const add = (at: number, other: number): void => void found.set(at, [...(found.get(at) ?? []), other]);
    for (const { first, second } of findContradictions(this.list.slice(0, SHOWN_AT_FIRST))) {
      add(first, second);
      if (first !== second) add(second, first);
    }
    return found;
  }

  /** Puts an assertion last and opens its fields. */
  add(assertion: Assertion): void {
    this.#write([...this.list, assertion]);
    this.opened = this.#fresh = this.list.length - 1;
  }

  /** Told once that an assertion was just added to be filled in. */
  isFresh(at: number): boolean {
    const fresh = this.#fresh === at;
    if (fresh) this.#fresh = null;
    return fresh;
  }

  /** Puts a suggestion last; there is nothing to fill in. */
  accept(assertion: Assertion): void {
    this.#write([...this.list, assertion]);
  }

  change(at: number, assertion: Assertion): void {
    this.#write(this.list.map((one, i) => (i === at ? assertion : one)));
  }

  duplicate(at: number): void {
    const copied = this.list[at];
    if (copied === undefined) return;
    this.#write([...this.list.slice(0, at + 1), copied, ...this.list.slice(at + 1)]);
    this.opened = this.#fresh = at + 1;
  }

  remove(at: number): void {
    const assertion = this.list[at];
    if (assertion === undefined) return;
    this.#write(this.list.filter((_, i) => i !== at));
    this.opened = null;
    this.removed = { at, assertion };
  }

  /** Brings back what was removed last, where it stood. */
  bringBack(): void {
    if (this.removed === null) return;
    const { at, assertion } = this.removed;
    this.#write([...this.list.slice(0, at), assertion, ...this.list.slice(at)]);
  }

  /** What the run on screen would just keep, without what is asserted already; empty when the worker cannot say. */
  async suggestions(): Promise<readonly CountAssertion[]> {
    const { run, client } = this.#playground;
    if (run.summary === null) return [];
    const candidates = candidateAssertions(run.summary.tools);
    const reply = await client.assertions(run.summary.runId, candidates);
    if (reply.kind !== 'ok' || reply.value.kind !== 'ok') return [];
    const seen = reply.value.value;
    return candidates.map((candidate, i) => suggestionOf(candidate, seen[i]?.seen ?? 0));
  }

  #write(list: readonly Assertion[]): void {
    const { workspace } = this.#playground;
    const { expect: _before, ...rest } = workspace.scenario;
    this.removed = null;
    workspace.scenario = list.length === 0 ? rest : { ...rest, expect: list };
    this.#playground.edited();
  }
}

/** Names an assertion by what it says. */
export function keyOf(assertion: Assertion): string {
  return JSON.stringify(assertion);
}

const boards = new WeakMap<Playground, AssertionBoard>();

/** The board of a playground; the call drawer writes to the one the panel shows. */
export function assertionsOf(playground: Playground): AssertionBoard {
  const board = boards.get(playground) ?? new AssertionBoard(playground);
  boards.set(playground, board);
  return board;
}
