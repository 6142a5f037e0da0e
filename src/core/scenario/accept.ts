import { checkSizes } from './check-sizes.ts';
import { measureDocument } from './measure.ts';
import type { Scenario } from './model.ts';
import { scenarioSchema } from './schema.ts';

/**
 * The scenario a document of any origin holds, copied field by field, or null when it is refused; `checkScenario` says
 * why, and is a part of its own, because a run of a good scenario need not wait for words. Never throws.
 */
export function acceptScenario(value: unknown): Scenario | null {
  if (measureDocument(value) !== null) return null;
  const parsed = scenarioSchema.safeParse(value);
  return parsed.success && checkSizes(parsed.data).length === 0 ? parsed.data : null;
}
