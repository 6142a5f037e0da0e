import type { JsonValue } from '../../../src/core/json.ts';
import { jsonSpot } from '../../../src/core/policy/assist/json-spot.ts';
import { acceptScenario } from '../../../src/core/scenario/accept.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { createScenarioCompiler } from '../../../src/core/scenario/compile.ts';
import { completeScenario, explainScenario } from '../../../src/core/scenario/document/assist.ts';
import { printDocument } from '../../../src/core/scenario/document/print-document.ts';
import { placeDiagnostics, readScenarioText } from '../../../src/core/scenario/document/read-document.ts';
import { MAX_CALLS } from '../../../src/core/scenario/limits.ts';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import { Dice, seedOf } from '../dice.ts';
import { mutateText } from '../mutate-text.ts';
import { mutateValue } from '../mutate-value.ts';
import { SCENARIOS } from '../seeds.ts';
import { must, mustBeSaid, mustLieIn, type Outcome, type Target } from '../target.ts';

/** Calls that are looked at one by one; columns of larger plans would only take room. */
const FEW_CALLS = 2000;

function make(dice: Dice): string {
  const [one, other] = [dice.pick(SCENARIOS), dice.pick(SCENARIOS)];
  const text = JSON.stringify(mutateValue(one, other, dice), null, dice.below(3));
  return dice.oneIn(5) ? mutateText(text, JSON.stringify(other), dice) : text;
}

function mustCompile(scenario: Scenario): void {
  const planned = createScenarioCompilerSize(scenario);
  if (planned > FEW_CALLS) return;
  const result = createScenarioCompiler(scenario);
  must(result.ok, 'an accepted scenario does not compile');
  const { calls, table } = result.compiler.finish();
  for (let call = 0; call < calls.count; call++) {
    must((calls.atMs[call] ?? NaN) >= (calls.atMs[call - 1] ?? -Infinity), `call ${call} goes back in time`);
    must(table.tools[calls.tool[call] ?? -1] !== undefined, `call ${call} has no tool`);
    const args = table.argsAt(calls.args[call] ?? -1);
    must(typeof args === 'object', `call ${call} has no arguments`);
  }
}

function createScenarioCompilerSize({ agents }: Scenario): number {
  const count = (steps: Scenario['agents'][number]['steps']): number =>
    steps.reduce((sum, step) => {
      if ('call' in step) return sum + (step.times ?? 1);
      return 'repeat' in step ? sum + step.repeat * count(step.steps) : sum;
    }, 0);
  const calls = agents.reduce((sum, { steps }) => sum + count(steps), 0);
  must(calls <= MAX_CALLS, `${calls} calls were accepted`);
  return calls;
}

function mustAssist(text: string, dice: Dice): void {
  const offset = dice.below(text.length + 1);
  for (const { label, range } of completeScenario(text, offset)) {
    must(label !== '', 'a completion has no label');
    mustLieIn(range, text, 'a completion');
  }
  const levels = jsonSpot(text, text.length >> 1)?.path.length ?? 0;
  must(levels <= 101, `completing remembers ${levels} levels`);
  const hover = explainScenario(text, offset);
  if (hover !== null) mustLieIn(hover.range, text, 'a hover');
}

function checkValue(value: JsonValue): ReturnType<typeof checkScenario> {
  const checked = checkScenario(value);
  must((acceptScenario(value) !== null) === checked.ok, 'accepting and checking differ');
  if (!checked.ok) must(checked.diagnostics.length > 0, 'refused without a diagnostic');
  return checked;
}

function check(text: string): Outcome {
  const dice = new Dice(seedOf(text));
  mustAssist(text, dice);
  const document = readScenarioText(text);
  if (document.kind === 'broken') {
    must(document.diagnostics.length > 0, 'broken without a diagnostic');
    mustBeSaid(document.diagnostics, text);
    return 'refused';
  }
  const checked = checkValue(document.value);
  mustBeSaid(placeDiagnostics(document.root, checked.diagnostics), text);
  const printed = readScenarioText(printDocument(document.value));
  must(printed.kind === 'document', 'a printed scenario cannot be read');
  if (!checked.ok) return 'refused';
  mustCompile(checked.scenario);
  return 'accepted';
}

/** Scenario documents: read as text, checked, completed, and compiled when they are small. */
export const SCENARIO_TARGET: Target = { name: 'scenarios', make, check };
