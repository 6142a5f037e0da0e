import type { Diagnostic } from '../diagnostic.ts';
import { checkSizes } from './check-sizes.ts';
import { issueDiagnostics } from './issue-diagnostic.ts';
import { measureDocument } from './measure.ts';
import type { Scenario } from './model.ts';
import { scenarioDiagnostic } from './scenario-diagnostic.ts';
import { scenarioSchema } from './schema.ts';
import { scenarioWarnings } from './warnings.ts';

/** `diagnostics` of an accepted scenario are warnings; of a refused one, errors only. */
export type ScenarioCheck =
  | { readonly ok: true; readonly scenario: Scenario; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks a scenario document of any origin (docs: scenario.md#the-document). Every error of its shape is reported;
 * sizes are looked at when the shape is right, warnings when the sizes are. Codes: `SCENARIO_CODES`. Ranges are empty:
 * there is no text here, pointers say where. Never throws.
 */
export function checkScenario(value: unknown): ScenarioCheck {
  const problem = measureDocument(value);
  if (problem !== null) {
    return { ok: false, diagnostics: [scenarioDiagnostic(problem.code, problem.path, problem.message)] };
  }
  const parsed = scenarioSchema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, diagnostics: parsed.error.issues.flatMap((issue) => issueDiagnostics(issue, value)) };
  }
  const scenario: Scenario = parsed.data;
  const errors = checkSizes(scenario);
  if (errors.length > 0) return { ok: false, diagnostics: errors };
  return { ok: true, scenario, diagnostics: scenarioWarnings(scenario) };
}
