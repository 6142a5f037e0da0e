import { saveText } from '../share/copy-text.ts';
import type { Dialect } from '../../core/policy/model.ts';
import type { Scenario } from '../../core/scenario/model.ts';
import type { Work } from '../../state/workspace.svelte.ts';
import { fileNameOf } from './file-name.ts';

/** Saves the policy under its title: PolicyLayer's as strict JSON where it parses, anything else to the letter. */
export async function exportPolicy({ title, policyText: text }: Work, dialect: Dialect): Promise<void> {
  if (dialect === 'intercept') {
    saveText(fileNameOf(title, 'yaml'), text, 'text/yaml');
    return;
  }
  // why: where the converter cannot be loaded, the text as written is better than none.
  const converter = await import('../../core/policy/strict-json.ts').catch(() => null);
  saveText(fileNameOf(title, 'json'), converter?.toStrictJson(text) ?? text);
}

/** Saves the scenario document. */
export function exportScenario(scenario: Scenario): void {
  saveText('scenario.json', `${JSON.stringify(scenario, null, 2)}\n`);
}
