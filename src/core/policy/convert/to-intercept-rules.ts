import type { Condition, Rule, ToolPolicy } from '../model.ts';
import { counted, quoted } from '../wording.ts';
import type { YamlCondition, YamlRule } from './intercept-document.ts';
import { comparesNumbers, KnownArguments, negate, type Negation } from './negate.ts';
import type { NoteBook } from './notes.ts';
import { comparesAlike, toOperand } from './operands.ts';

/** `deniesAll`: the last rule denies every call in the source too, so that nothing behind it is ever reached. */
interface ConvertedRules {
  readonly rules: readonly YamlRule[];
  readonly deniesAll: boolean;
}

/** The `require` and `deny_if` rules of a tool as Intercept rules, in the order in which they deny. */
export function convertRules(tool: ToolPolicy, notes: NoteBook): ConvertedRules {
  const rules: YamlRule[] = [];
  const known = new KnownArguments();
  for (const [index, rule] of tool.rules.entries()) {
    const converted = convertRule(rule, known, notes);
    if (converted !== null)
      rules.push({
        ...converted,
        name: nameOf(rule.rule, tool),
        onDeny: rule.onDeny,
        state: null,
        from: rule.pointer,
      });
    known.learn(rule);
    if (rule.kind !== 'deny_if' || rule.conditions.length > 0) continue;
    const isLast = index === tool.rules.length - 1 && tool.limits.length === 0 && tool.approval === null;
    if (!isLast)
      notes.add('never-reached', rule.pointer, 'what stands behind this rule is left out; it denies every call');
    return { rules, deniesAll: true };
  }
  return { rules, deniesAll: false };
}

/** The part of a PolicyLayer rule name that tells the rules of one tool apart: `require/args.amount-lte`. */
export function nameOf(rule: string, { pointer }: Pick<ToolPolicy, 'pointer'>): string {
  return rule.slice(pointer.length + 1);
}

type Conditions = Pick<YamlRule, 'conditions'>;

function convertRule(rule: Rule, known: KnownArguments, notes: NoteBook): Conditions | null {
  const { kind, conditions, pointer } = rule;
  if (kind === 'require') {
    if (conditions.length === 0) {
      notes.add('no-effect', pointer, 'a `require` rule without conditions always holds; it is left out');
      return null;
    }
    return { conditions: conditions.map((condition) => convertCondition(condition, condition.pointer, notes)) };
  }
  const [only] = conditions;
  if (only === undefined) return { conditions: [] };
  const [condition, negation] = closest(conditions, known);
  if (conditions.length > 1) {
    const message = `denies on ${described(condition)} alone, not on ${counted(conditions.length, 'condition')} together; more calls are denied`;
    notes.add('several-conditions', pointer, message);
  }
  noteInexact(condition, negation, notes);
  return { conditions: [convertCondition(negation.condition, condition.pointer, notes)] };
}

const KINDS: readonly Negation['kind'][] = ['exact', 'left-out', 'given'];

/** The first of the conditions with the closest opposite. To deny on one alone is never to deny less. */
function closest(conditions: readonly Condition[], known: KnownArguments): [Condition, Negation] {
  const negations = conditions.map((condition): [Condition, Negation] => [condition, negate(condition, known)]);
  const rank = ([, { kind }]: [Condition, Negation]): number => KINDS.indexOf(kind);
  return negations.reduce((best, next) => (rank(next) < rank(best) ? next : best));
}

function noteInexact(condition: Condition, { kind, condition: opposite }: Negation, notes: NoteBook): void {
  const { pointer, path } = condition;
  if (kind === 'given') {
    notes.add('no-negation', pointer, `denies every call that has ${quoted(path)}, whatever it is`);
  } else if (kind === 'left-out') {
    const unless = comparesNumbers(opposite.op) ? 'is missing or no number' : 'is missing';
    const message = `requires ${described(opposite)}, which also denies calls whose ${quoted(path)} ${unless}`;
    notes.add('argument-left-out', pointer, message);
  }
}

/** A condition in words: `args.amount gt 100` in backticks. */
function described({ path, op, value }: Pick<Condition, 'path' | 'op' | 'value'>): string {
  return quoted(`${path} ${op} ${JSON.stringify(value)}`);
}

function convertCondition(
  { path, op, value }: Pick<Condition, 'path' | 'op' | 'value'>,
  pointer: string,
  notes: NoteBook,
): YamlCondition {
  const operand = toOperand(value);
  if (!comparesAlike(op, value, operand)) {
    const message = `${quoted(`${op} ${JSON.stringify(value)}`)} may meet a number of 1e6 or more as text, which Intercept prints as an exponent`;
    notes.add('number-text', pointer, message);
  }
  return { path, op, value: operand };
}
