import type { CheckResult } from '../../workers/engine-api.ts';
import type { EngineClient } from '../client/engine-client.ts';
import type { WindowMode } from '../core/engine/decision.ts';
import type { Dialect } from '../core/policy/model.ts';
import type { Scenario } from '../core/scenario/model.ts';

/** What a person works on, as data: the part of the page that is saved and shared. */
export interface Work {
  readonly title: string;
  readonly policyText: string;
  readonly dialect: Dialect | 'auto';
  readonly scenario: Scenario;
  readonly windows: WindowMode;
  /** A policy to compare with; no run depends on it. */
  readonly compare?: Compared | undefined;
}

/** A policy's text with its dialect spelt out. */
export interface Compared {
  readonly dialect: Dialect;
  readonly text: string;
}

/** True when two works would run and read the same. */
export function sameWork(a: Work, b: Work): boolean {
  return sameRun(a, b) && a.compare?.text === b.compare?.text && a.compare?.dialect === b.compare?.dialect;
}

/** True when two works would run the same. */
export function sameRun(a: Work, b: Work): boolean {
  return (
    a.policyText === b.policyText &&
    a.dialect === b.dialect &&
    a.windows === b.windows &&
    a.title === b.title &&
    JSON.stringify(a.scenario) === JSON.stringify(b.scenario)
  );
}

/**
 * The policy text, the scenario and the window mode, with the diagnostics of the newest text. `check` belongs to
 * `checkedText`; while that differs from `policyText` the diagnostics are one edit behind.
 */
export class Workspace {
  readonly #client: EngineClient;
  #asking = false;
  #wanted = false;
  title = $state('');
  policyText = $state('');
  dialect = $state<Dialect | 'auto'>('auto');
  scenario = $state.raw<Scenario>({ version: '1', start: '2026-01-01T00:00:00.000Z', agents: [] });
  /** Errors in the scenario's text while that is not the scenario in force. */
  scenarioErrors = $state(0);
  windows = $state<WindowMode>('calendar');
  compare = $state.raw<Compared | undefined>();
  check = $state.raw<CheckResult | null>(null);
  checkedText = $state('');
  /** Grows when the whole work is replaced (a link, an example), so that editors load it anew. */
  generation = $state(0);

  constructor(client: EngineClient, work: Work) {
    this.#client = client;
    this.#load(work);
  }

  /** A snapshot that can be cloned to the worker, saved or shared. */
  get work(): Work {
    return {
      title: this.title,
      policyText: this.policyText,
      dialect: this.dialect,
      scenario: this.scenario,
      windows: this.windows,
      compare: this.compare,
    };
  }

  /** Errors in the policy, in order of place; empty also while nothing has been checked yet. */
  get errors(): CheckResult['diagnostics'] {
    return this.check?.diagnostics.filter((diagnostic) => diagnostic.severity === 'error') ?? [];
  }

  /** Replaces everything, as one step. */
  open(work: Work): void {
    this.#load(work);
    this.generation++;
  }

  /**
   * Asks the worker for diagnostics of the present text; the newest text wins. One question is out at a time: edits made
   * meanwhile are checked together once it is answered, so that typing in a large text never queues up work.
   */
  async recheck(): Promise<void> {
    this.#wanted = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#wanted) {
      this.#wanted = false;
      const text = this.policyText;
      const reply = await this.#client.check({ dialect: this.dialect, text });
      if (reply.kind !== 'ok') continue;
      this.check = reply.value;
      this.checkedText = text;
    }
    this.#asking = false;
  }

  #load(work: Work): void {
    this.title = work.title;
    this.policyText = work.policyText;
    this.dialect = work.dialect;
    this.scenario = work.scenario;
    this.windows = work.windows;
    this.compare = work.compare;
  }
}
