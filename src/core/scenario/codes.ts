import type { Severity } from '../diagnostic.ts';

/** Every code of a scenario diagnostic, with its severity and what it stands for. One case file each, counted by a test. */
export const SCENARIO_CODES = {
  'not-data': { severity: 'error', explanation: 'A value JSON cannot hold' },
  'too-large': { severity: 'error', explanation: 'A document above 1 MiB' },
  'too-deep': { severity: 'error', explanation: 'Repeats or arguments nested too deep' },
  'too-many-agents': { severity: 'error', explanation: 'More than 64 agents' },
  'too-many-calls': { severity: 'error', explanation: 'More than 10,000,000 calls, repeats multiplied' },
  'too-many-tools': { severity: 'error', explanation: 'More than 65,535 different tool names' },
  'too-long': { severity: 'error', explanation: 'A span of more than 31 days' },
  'wrong-type': { severity: 'error', explanation: 'A value of another type than the field takes' },
  'missing-field': { severity: 'error', explanation: 'A required field left out' },
  'unknown-field': { severity: 'error', explanation: 'A field that is not known in this place' },
  'bad-choice': { severity: 'error', explanation: 'A value outside the list of those allowed' },
  'out-of-range': { severity: 'error', explanation: 'A number below or above what the field takes' },
  'bad-duration': { severity: 'error', explanation: 'A text that is no duration' },
  'bad-date': { severity: 'error', explanation: 'A text that is no UTC time' },
  'bad-range': { severity: 'error', explanation: 'A range whose start is above its end' },
  'unknown-step': { severity: 'error', explanation: 'A step that does nothing known' },
  'two-paces': { severity: 'error', explanation: 'Several of `over`, `every` and `ratePerMinute` in one step' },
  'bad-template': { severity: 'error', explanation: 'A `{{…}}` that cannot be read' },
  'bad-operator': { severity: 'error', explanation: 'A `$` operator that is not known or misused' },
  'empty-list': { severity: 'error', explanation: 'A `$pick` or `$seq` without values' },
  'no-bound': { severity: 'error', explanation: 'A count assertion that asserts nothing' },
  'unknown-tool': { severity: 'warning', explanation: 'A tool that is not on the simulated server' },
  'argument-misfit': { severity: 'warning', explanation: 'Arguments the tool does not take' },
  'divides-by-zero': { severity: 'warning', explanation: 'A template that divides by an index, which starts at 0' },
  'idle-jitter': { severity: 'warning', explanation: '`jitter` without a pace' },
  'idle-kind': { severity: 'warning', explanation: '`kind` without `failures`' },
  contradiction: { severity: 'warning', explanation: 'Assertions that cannot all hold' },
} as const satisfies Readonly<Record<string, { severity: Severity; explanation: string }>>;

/** A code of `SCENARIO_CODES`. */
export type ScenarioCode = keyof typeof SCENARIO_CODES;
