import { scenarioSchema } from '../core/scenario/schema.ts';
import type { JsonValue } from '../core/json.ts';
import type { Scenario } from '../core/scenario/model.ts';

/**
 * Checks the shape of a scenario from a link, a file or storage and copies it field by field. Sizes over the whole
 * document are the run's business, so that a scenario that is too large still opens and can be made smaller. Never throws.
 */
export function readScenario(
  value: JsonValue,
): { readonly ok: true; readonly scenario: Scenario } | { readonly ok: false; readonly message: string } {
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return { ok: true, scenario: parsed.data };
  const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole');
  return { ok: false, message: [...new Set(places)].slice(0, 3).join(', ') };
}
