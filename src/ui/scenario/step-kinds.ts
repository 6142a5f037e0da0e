import { sampleStep } from '../../core/catalogue/seed.ts';
import { describePace } from '../../core/scenario/rows.ts';
import type { Step } from '../../core/scenario/model.ts';

/** The kinds of step, with what a new one says. */
export const STEP_KINDS = [
  { kind: 'call', label: 'Call', preset: sampleStep('issue_audit_ticket') },
  { kind: 'wait', label: 'Wait', preset: { wait: '1s' } },
  { kind: 'waitUntil', label: 'Wait until', preset: { waitUntil: '2026-01-02T00:00:00.000Z' } },
  { kind: 'repeat', label: 'Repeat', preset: { repeat: 2, steps: [sampleStep('get_agent_card')] } },
] as const satisfies readonly { readonly kind: string; readonly label: string; readonly preset: Step }[];

/** One step in a line of words. */
export function stepWords(step: Step): string {
  if ('call' in step) return `${step.call} ${describePace(step)}`;
  if ('wait' in step) return `wait ${step.wait}`;
  if ('waitUntil' in step) return `wait until ${step.waitUntil}`;
  return `repeat ${step.repeat} times, ${step.steps.length} ${step.steps.length === 1 ? 'step' : 'steps'}`;
}

/** The steps with the one at `index` swapped with its neighbour; the first and the last stay where they are. */
export function moveStep(steps: readonly Step[], index: number, by: -1 | 1): readonly Step[] {
  const [step, other] = [steps[index], steps[index + by]];
  return step === undefined || other === undefined ? steps : steps.with(index, other).with(index + by, step);
}
