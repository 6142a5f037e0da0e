import { parse as parseYaml, stringify } from 'yaml';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import type { JsonValue } from '../../../src/core/json.ts';
import { completionsAt } from '../../../src/core/policy/assist/completions-at.ts';
import { hoverAt } from '../../../src/core/policy/assist/hover-at.ts';
import { editPolicy } from '../../../src/core/policy/builder/edit-policy.ts';
import { viewOf } from '../../../src/core/policy/builder/read-builder.ts';
import { readTree } from '../../../src/core/policy/builder/tree.ts';
import { checkPolicy } from '../../../src/core/policy/check.ts';
import { commentsOf } from '../../../src/core/policy/convert/comments.ts';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import { describePolicy, toolEffects } from '../../../src/core/policy/effect.ts';
import { formatPolicy } from '../../../src/core/policy/format-policy.ts';
import type { Dialect, Policy } from '../../../src/core/policy/model.ts';
import { parsePolicy, recognizeDialect } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import type { ParseResult } from '../../../src/core/policy/reader.ts';
import { toStrictJson } from '../../../src/core/policy/strict-json.ts';
import { withEdits } from '../../../src/ui/results/text-edits.ts';
import { drain } from '../../unit/drain.ts';
import { everyChange } from '../../unit/policy-builder/every-change.ts';
import { Dice, seedOf } from '../dice.ts';
import { mutateText } from '../mutate-text.ts';
import { mutateValue } from '../mutate-value.ts';
import { POLICIES } from '../seeds.ts';
import { must, mustBeEdits, mustBeSaid, mustLieIn, type Outcome, type Target } from '../target.ts';
import { mustDecide } from './decide.ts';

function parse(text: string, dialect: Dialect): ParseResult {
  return parsePolicy(text, { dialect, compilePattern, readers: { intercept: readIntercept } });
}

/** A document as JSON, or as YAML, which may be JSON too. */
function write(value: JsonValue, dialect: Dialect, dice: Dice): string {
  if (dialect === 'policylayer' || dice.oneIn(6)) return JSON.stringify(value, null, dice.below(3));
  return stringify(value, { aliasDuplicateObjects: dice.oneIn(3) });
}

function make(dialect: Dialect, values: () => readonly JsonValue[], dice: Dice): string {
  const texts = POLICIES[dialect];
  if (dice.oneIn(4)) return mutateText(dice.pick(texts), dice.pick(texts), dice);
  const documents = values();
  const text = write(mutateValue(dice.pick(documents), dice.pick(documents), dice), dialect, dice);
  return dice.oneIn(6) ? mutateText(text, dice.pick(texts), dice) : text;
}

function mustAssist(text: string, dialect: Dialect, dice: Dice): void {
  const offset = dice.below(text.length + 1);
  for (const { label, range, before } of completionsAt(text, offset, dialect)) {
    must(label !== '', 'a completion has no label');
    mustLieIn(range, text, 'a completion');
    if (before !== null) mustLieIn(before.range, text, 'the edit before a completion');
  }
  const hover = hoverAt(text, offset, dialect);
  if (hover !== null) mustLieIn(hover.range, text, 'a hover');
  const formatted = formatPolicy(text, dialect);
  if (formatted.kind === 'edits') mustBeEdits(formatted.edits, text, 'edits of the layout');
  else must(formatted.reason !== '', 'a layout is refused without a reason');
}

/** One change in the builder, chosen by chance; what it writes must still be a document. */
function mustBuild(text: string, dialect: Dialect, dice: Dice): void {
  const document = viewOf(readTree(text, dialect), dialect);
  if (document.kind === 'locked') {
    must(document.message !== '', 'the builder is locked without words');
    mustLieIn(document.range, text, 'what locks the builder');
    return;
  }
  const result = drain(editPolicy(text, dialect, dice.pick(everyChange(document)), readTree));
  if (result.kind === 'refused') {
    must(result.reason !== '', 'a change is refused without a reason');
    return;
  }
  mustBeEdits(result.edits, text, 'edits of the builder');
  must(
    viewOf(readTree(withEdits(text, result.edits), dialect), dialect).kind === 'open',
    'a change broke the document',
  );
}

function mustConvert(parsed: ParseResult, policy: Policy, text: string, dice: Dice): void {
  const to = dice.pick(['policylayer', 'intercept'] as const);
  const { text: converted, losses } = convertPolicy(policy, to, commentsOf(text, parsed));
  must(losses.length <= 1000 + text.length, `${losses.length} notes`);
  const again = parse(converted, to);
  must(
    again.policy !== null,
    `converted to ${to}: ${again.diagnostics[0]?.message ?? ''}\n${converted.slice(0, 2000)}`,
  );
}

function check(text: string, dialect: Dialect): Outcome {
  const dice = new Dice(seedOf(text));
  recognizeDialect(text);
  const parsed = parse(text, dialect);
  const diagnostics = checkPolicy(parsed, { tools: dice.oneIn(4) ? null : TOOLS });
  mustBeSaid(diagnostics, text);
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  must((parsed.policy === null) === isRefused, 'refused without an error, or taken with one');
  for (const { pointer, range } of parsed.anchors()) mustLieIn(range, text, `anchor ${pointer}`);
  if (dice.oneIn(2)) mustAssist(text, dialect, dice);
  if (dice.oneIn(3)) mustBuild(text, dialect, dice);
  if (parsed.policy === null) return 'refused';
  mustDecide(parsed.policy, dice);
  must(describePolicy(parsed.policy) !== '', 'a policy without a line about it');
  toolEffects(parsed.policy, ['guard_tool', '__proto__', '*']);
  if (dialect === 'policylayer') must(parse(toStrictJson(text), dialect).policy !== null, 'strict JSON is refused');
  if (dice.oneIn(3)) mustConvert(parsed, parsed.policy, text, dice);
  return 'accepted';
}

/** Policies as values, from which changed documents are written; worked out once. */
function documentsOf(dialect: Dialect): () => readonly JsonValue[] {
  let known: readonly JsonValue[] | null = null;
  return () =>
    (known ??= POLICIES[dialect].flatMap((text) => {
      if (parse(text, dialect).policy === null) return [];
      return [(dialect === 'policylayer' ? JSON.parse(toStrictJson(text)) : parseYaml(text)) as JsonValue];
    }));
}

function policyTarget(dialect: Dialect, values: () => readonly JsonValue[]): Target {
  return { name: dialect, make: (dice) => make(dialect, values, dice), check: (text) => check(text, dialect) };
}

/** Policies of each dialect: read, checked, decided with, edited, converted, completed. */
export const POLICY_TARGETS: readonly Target[] = [
  policyTarget('policylayer', documentsOf('policylayer')),
  policyTarget('intercept', documentsOf('intercept')),
];
