import { formatDuration, parseDuration } from './duration.ts';
import { parseInstant } from './instant.ts';
import type { CallStep, RepeatStep, Scenario, Step } from './model.ts';
import { callsOf, endOf } from './program.ts';

/** When a row starts: right after the one before, some time after that, or at a time. `value` is as written. */
export interface RowStart {
  readonly kind: 'after' | 'wait' | 'at';
  readonly value: string;
}

/**
 * One row of the editor: a call step, or a repeat, started by the wait right before it. `step`: index into the agent's steps.
 * `startMs`: ms since the epoch, null while a time or duration before it cannot be read.
 */
export interface Row {
  readonly agent: number;
  readonly step: number;
  readonly body: CallStep | RepeatStep;
  readonly start: RowStart;
  readonly startMs: number | null;
  readonly calls: number;
}

/** True for a step that is a row of its own: not a wait. */
export function isBody(step: Step | undefined): step is CallStep | RepeatStep {
  return step !== undefined && ('call' in step || 'repeat' in step);
}

function startOf(before: Step | undefined): RowStart {
  if (before !== undefined && 'wait' in before) return { kind: 'wait', value: before.wait };
  if (before !== undefined && 'waitUntil' in before) return { kind: 'at', value: before.waitUntil };
  return { kind: 'after', value: '' };
}

function isReadable(step: Step): boolean {
  if ('wait' in step) return parseDuration(step.wait) !== null;
  if ('waitUntil' in step) return parseInstant(step.waitUntil) !== null;
  if ('repeat' in step) return step.steps.every(isReadable);
  return [step.over, step.every].every((text) => text === undefined || parseDuration(text) !== null);
}

/** The rows of one agent, in order. Works on documents that do not pass the check yet. */
export function rowsOf(scenario: Scenario, agent: number): readonly Row[] {
  const steps = scenario.agents[agent]?.steps ?? [];
  let clock = parseInstant(scenario.start);
  const rows: Row[] = [];
  steps.forEach((body, step) => {
    if (isBody(body)) {
      rows.push({ agent, step, body, start: startOf(steps[step - 1]), startMs: clock, calls: callsOf(body) });
    }
    clock = clock !== null && isReadable(body) ? endOf([body], clock) : null;
  });
  return rows;
}

/** What a step does, in words without its tool: `×100 over 4 s`, `×20, one every 40 ms`, `once`. */
export function describePace(step: CallStep): string {
  const times = step.times ?? 1;
  if (times === 1) return 'once';
  const count = `×${times.toLocaleString('en')}`;
  if (step.over !== undefined) return `${count} over ${words(step.over)}`;
  if (step.every !== undefined) return `${count}, one every ${words(step.every)}`;
  if (step.ratePerMinute !== undefined) return `${count}, ${String(step.ratePerMinute)} a minute`;
  return `${count} at once`;
}

function words(duration: string): string {
  const ms = parseDuration(duration);
  return ms === null ? duration : formatDuration(ms);
}
