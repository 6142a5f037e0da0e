import { saveText } from '../share/copy-text.ts';
import type { Dialect } from '../../core/policy/model.ts';
import type { Scenario } from '../../core/scenario/model.ts';

/** Saves the policy: PolicyLayer's as strict JSON where it parses, anything else to the letter. */
export async function exportPolicy(text: string, dialect: Dialect): Promise<void> {
  if (dialect === 'intercept') {
    saveText('policy.yaml', text, 'text/yaml');
    return;
  }
  // why: where the converter cannot be loaded, the text as written is better than none.
  const converter = await import('../../core/policy/strict-json.ts').catch(() => null);
  saveText('policy.json', converter?.toStrictJson(text) ?? text);
}

/** Saves the scenario document. */
export function exportScenario(scenario: Scenario): void {
  saveText('scenario.json', `${JSON.stringify(scenario, null, 2)}\n`);
}
