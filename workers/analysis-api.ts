import type { Covering, CoverageCell } from '../src/core/analysis/coverage.ts';
import type { DeadWeight } from '../src/core/analysis/dead-weight.ts';
import type { Evasion } from '../src/core/analysis/evasion.ts';
import type { LimitAdvice } from '../src/core/analysis/limit-advice.ts';
import type { Sloppiness } from '../src/core/analysis/sloppiness.ts';
import type { Callers } from '../src/core/analysis/tool-caps.ts';
import type { WorstCase } from '../src/core/analysis/worst-case.ts';
import type { WorstQuestion } from '../src/core/analysis/worst-scenario.ts';
import type { WindowMode } from '../src/core/engine/decision.ts';
import type { Scenario } from '../src/core/scenario/model.ts';
import type { Moment, MomentQuestion } from '../src/core/simulator/moment.ts';
import type { MomentSummary } from '../src/core/simulator/moment-summary.ts';
import type { Failed, Gone, PolicySource, RunInput } from './engine-api.ts';

/** Calls to try a limit with; `grants: null` takes those of every grant. */
export interface Traffic {
  readonly input: Pick<RunInput, 'scenario' | 'trace'>;
  readonly grants: readonly string[] | null;
}

/**
 * What a scenario of the worst case comes to. `endless`: its number has no bound, and more calls would pass than these ·
 * `sessionAdds`: how many a further session adds, where sessions are what has no bound.
 */
export interface ShownTraffic {
  readonly calls: number;
  readonly passing: number;
  readonly agents: number;
  readonly endless: boolean;
  readonly sessionAdds: number | null;
}

/** Something to be worked out; a newer request of one kind takes the place of the one before. */
export type AnalysisRequest =
  | { readonly kind: 'worst-case'; readonly policy: PolicySource; readonly callers: Callers }
  | {
      readonly kind: 'worst-scenario';
      readonly policy: PolicySource;
      readonly callers: Callers;
      readonly question: WorstQuestion;
    }
  /** Calls are made up where that run is not held. */
  | { readonly kind: 'evasions'; readonly policy: PolicySource; readonly runId: number | null }
  | { readonly kind: 'dead-weight'; readonly policy: PolicySource }
  | { readonly kind: 'coverage'; readonly runId: number }
  | { readonly kind: 'covering'; readonly runId: number; readonly cells: readonly CoverageCell[] }
  | { readonly kind: 'windows'; readonly input: RunInput }
  | {
      readonly kind: 'limit';
      readonly policy: PolicySource;
      readonly windows: WindowMode;
      readonly pointer: string;
      readonly legitimate: Traffic;
      readonly attack: Traffic;
    }
  | { readonly kind: 'moment'; readonly runId: number; readonly question: MomentQuestion }
  /** What the run has come to at a moment of its virtual clock; `call`: the last one, of those that share its millisecond. */
  | {
      readonly kind: 'moment-summary';
      readonly runId: number;
      readonly atMs: number;
      readonly call?: number;
    }
  | { readonly kind: 'stop'; readonly of: 'limit' | 'windows' };

/** A whole run under one way to count windows, in calls. */
export interface WindowsRow {
  readonly windows: WindowMode;
  readonly allowed: number;
  readonly denied: number;
  readonly hidden: number;
  readonly approvals: number;
}

/**
 * What was worked out, tagged as it was asked for. `null` of a scenario: no traffic reaches it, or it would take more
 * calls than a run may have; of advice: the policy has no such limit. `too-many`: more calls than `most`.
 */
export type AnalysisAnswer =
  /** `exact`: tools whose numbers are reached by some traffic; those of the others are upper bounds. */
  | { readonly kind: 'worst-case'; readonly worst: WorstCase; readonly exact: readonly string[] }
  /** `shows: null` where there is no scenario, or it is too large to be decided first. */
  | { readonly kind: 'worst-scenario'; readonly scenario: Scenario | null; readonly shows: ShownTraffic | null }
  | {
      readonly kind: 'evasions';
      /** The first 200 of each; `found` counts them all. */
      readonly evasions: readonly Evasion[];
      readonly sloppiness: readonly Sloppiness[];
      readonly found: { readonly evasions: number; readonly sloppiness: number };
      /** Distinct calls of the run that were looked at. */
      readonly calls: number;
    }
  | { readonly kind: 'dead-weight'; readonly found: readonly DeadWeight[] }
  | { readonly kind: 'coverage'; readonly cells: readonly CoverageCell[] }
  | ({ readonly kind: 'covering' } & Covering)
  | { readonly kind: 'windows'; readonly rows: readonly WindowsRow[] }
  /** `null`: the run has no such moment. */
  | { readonly kind: 'moment'; readonly moment: Moment | null }
  | { readonly kind: 'moment-summary'; readonly summary: MomentSummary }
  | { readonly kind: 'limit'; readonly advice: LimitAdvice | null }
  | { readonly kind: 'too-many'; readonly calls: number; readonly most: number }
  | { readonly kind: 'policy-invalid' }
  | { readonly kind: 'scenario-invalid' }
  | Gone
  | Failed;
