import type { Severity } from '../diagnostic.ts';

/** Every code of a scenario diagnostic and its severity. One case file each, counted by a test. */
export const SCENARIO_CODES = {
  'not-data': 'error',
  'too-large': 'error',
  'too-deep': 'error',
  'too-many-agents': 'error',
  'too-many-calls': 'error',
  'too-many-tools': 'error',
  'too-long': 'error',
  'wrong-type': 'error',
  'missing-field': 'error',
  'unknown-field': 'error',
  'bad-choice': 'error',
  'out-of-range': 'error',
  'bad-duration': 'error',
  'bad-date': 'error',
  'bad-range': 'error',
  'unknown-step': 'error',
  'two-paces': 'error',
  'bad-template': 'error',
  'bad-operator': 'error',
  'empty-list': 'error',
  'no-bound': 'error',
  'repeated-agent': 'error',
  'unknown-tool': 'warning',
  'argument-misfit': 'warning',
  'divides-by-zero': 'warning',
  'idle-jitter': 'warning',
  'idle-kind': 'warning',
  'unknown-agent': 'warning',
  'endless-repeat': 'warning',
  contradiction: 'warning',
} as const satisfies Readonly<Record<string, Severity>>;

/** A code of `SCENARIO_CODES`. */
export type ScenarioCode = keyof typeof SCENARIO_CODES;
