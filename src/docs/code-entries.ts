import { CONVERSION_CODES, type ConversionCode } from '../core/policy/convert/codes.ts';
import { explainCode } from '../core/policy/explanations.ts';
import type { ScenarioCode } from '../core/scenario/codes.ts';
import { codeCase, type CaseFolder, type CodeCase } from './code-cases.ts';
import { codeExampleName, codeExamples } from './code-examples.ts';
import { CODE_LISTS, foldersOf, type CodeList } from './code-lists.ts';
import { noteOn, remarkOn } from './code-remarks.ts';
import { SCENARIO_REASONS } from './scenario-codes.ts';

const SEVERITIES = { error: 'Error', warning: 'Warning', note: 'Note' } as const;
const LOSSES = { impossible: 'Impossible', differs: 'Differs', same: 'Same' } as const;

const CONTEXT: Readonly<Partial<Record<CodeList, string>>> = { conversion: 'conversion', scenario: 'scenario' };

/** Codes that another list has under the same name, so that their headings say which they are. */
const SHARED = new Set(
  [...CODE_LISTS.conversion, ...CODE_LISTS.scenario].filter((code) => {
    return Object.values(CODE_LISTS).filter((list: readonly string[]) => list.includes(code)).length > 1;
  }),
);

const examples = codeExamples();

/** The heading of a code: its anchor is the code, then `-conversion` or `-scenario` where two lists know the name. */
function heading(list: CodeList, code: string): string {
  const context = CONTEXT[list];
  return context !== undefined && SHARED.has(code) ? `### \`${code}\` (${context})` : `### \`${code}\``;
}

/** A link that opens the case; null where the playground does not take it. */
function link(folder: CaseFolder, { code, policy }: CodeCase): string | null {
  const name = codeExampleName(folder, code);
  if (!examples.has(name)) return null;
  if (folder === 'convert') return `[Example to convert](example:${name})`;
  const dialect = policy === undefined ? '' : policy.dialect === 'intercept' ? ' in Intercept' : ' in PolicyLayer';
  return `[Example${dialect}](example:${name})`;
}

const block = (words: string, language: string, text: string): string =>
  `${words}\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** A case that no link takes, to be copied; or what makes it where it is too large. */
function shown({ policy, scenario, text, program }: CodeCase): string {
  if (policy !== undefined)
    return block('The page fetches that part itself; programs that give no reader meet it with:', 'yaml', policy.text);
  if (typeof program === 'string')
    return block(
      'This makes an example to copy over the scenario’s JSON:',
      'sh',
      `node -p 'JSON.stringify(${program})'`,
    );
  return block('Example to copy over the scenario’s JSON:', 'json', text ?? JSON.stringify(scenario, null, 2));
}

function reasonOf(list: CodeList, code: string): string {
  return list === 'scenario' ? SCENARIO_REASONS[code as ScenarioCode] : (explainCode(code) ?? '');
}

function remarkEntry(list: CodeList, code: string): string {
  const cases = foldersOf(list, code).map((folder) => ({ folder, example: codeCase(folder, code) }));
  const [first] = cases;
  const remark = first === undefined ? null : remarkOn(first.example);
  if (first === undefined || remark === null) throw new Error(`no case gives \`${code}\`; add one to tests/cases`);
  const links = cases.flatMap(({ folder, example }) => link(folder, example) ?? []);
  const fix = remark.fix === null ? '' : ` Fix offered: *${remark.fix}*.`;
  return [
    heading(list, code),
    `**${SEVERITIES[remark.severity]}.** ${reasonOf(list, code)}`,
    `“${remark.message}”.${fix}${links.length === 0 ? '' : ` ${links.join(', ')}.`}`,
    ...(links.length === 0 ? [shown(first.example)] : []),
  ].join('\n\n');
}

function conversionEntry(code: ConversionCode): string {
  const { severity, explanation } = CONVERSION_CODES[code];
  const example = codeCase('convert', code);
  const note = noteOn(example);
  if (note === null) throw new Error(`no case gives \`${code}\`; add one to tests/cases`);
  const words = link('convert', example) ?? '';
  return [heading('conversion', code), `**${LOSSES[severity]}.** ${explanation}`, `“${note}”. ${words}.`].join('\n\n');
}

/** The codes of a list as Markdown: a heading each, what it means, what is said, and an example. */
export function codeEntries(list: CodeList): string {
  const codes: readonly string[] = CODE_LISTS[list];
  const entry = (code: string): string =>
    list === 'conversion' ? conversionEntry(code as ConversionCode) : remarkEntry(list, code);
  return codes.map(entry).join('\n\n');
}
