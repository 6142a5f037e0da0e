import type { JsonValue } from '../core/json.ts';
import { readScenario } from '../state/read-scenario.ts';
import { codeCase, type CaseFolder, type CodeCase } from './code-cases.ts';
import { ALL_CASES } from './code-lists.ts';

/** Characters of a scenario above which no link to it is made. */
const MOST_LINKED = 8000;

const OPEN_POLICY = { version: '1', default: 'allow' };

/** Whether the playground opens a case: a policy of any kind, or a scenario of the right shape. */
function opens({ code, policy, scenario }: CodeCase): boolean {
  if (policy !== undefined) return code !== 'reader-not-loaded';
  return JSON.stringify(scenario).length <= MOST_LINKED && readScenario(scenario as JsonValue).ok;
}

function exampleText({ code, policy, scenario }: CodeCase): string {
  return JSON.stringify({
    title: code,
    ...(policy === undefined ? { policy: OPEN_POLICY, scenario } : { policy }),
    expect: {},
  });
}

/** Name of the example that opens the case of a code, whether there is one or not. */
export function codeExampleName(folder: CaseFolder, code: string): string {
  return `code-${folder}-${code}`;
}

/** Examples made from the cases of codes, by name, as the texts of example files: each that the playground opens. */
export function codeExamples(): ReadonlyMap<string, string> {
  const made = ALL_CASES.map(([folder, code]) => [codeExampleName(folder, code), codeCase(folder, code)] as const);
  return new Map(made.flatMap(([name, example]) => (opens(example) ? [[name, exampleText(example)]] : [])));
}
