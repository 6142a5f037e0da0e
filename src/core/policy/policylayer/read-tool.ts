import type { Approval, Rule, ToolPolicy } from '../model.ts';
import { childPointer } from '../pointer.ts';
import { need, readChoice, readList, readObject, readText } from './place.ts';
import type { Fields, Place, Reading } from './place.ts';
import { readCondition } from './read-condition.ts';
import { readLimits } from './read-limit.ts';
import { createSlugs } from './slugs.ts';
import { RULE_FIELDS, TOOL_ACTIONS, TOOL_FIELDS, type ToolAction } from './vocabulary.ts';

/** Reads the rules of one tool, the shorthand rewritten; null when it is no object. Parts with errors are left out. */
export function readTool(reading: Reading, place: Place, name: string): ToolPolicy | null {
  const fields = readObject(reading, place, TOOL_FIELDS, 'a tool');
  if (fields === null) return null;
  const { members } = fields;
  const pointer = place.pointer;
  const { action, reason } = readAction(reading, fields);
  const rules = [
    ...readRules(reading, members.get('require'), { kind: 'require', owner: pointer, first: null }),
    ...readRules(reading, members.get('deny_if'), {
      kind: 'deny_if',
      owner: pointer,
      first: action === 'deny' ? { pointer: childPointer(pointer, 'action'), onDeny: reason } : null,
    }),
  ];
  const limits = readLimits(reading, members.get('limits'), members.get('rate_limit'), {
    owner: pointer,
    isAllTools: false,
  });
  return { name, pointer, rules, limits, approval: action === 'require_approval' ? approvalOf(pointer, reason) : null };
}

function approvalOf(tool: string, reason: string | null): Approval {
  const pointer = childPointer(tool, 'action');
  return { rule: pointer, pointer, reason };
}

/** The shorthand `action` and its reason, which is null when absent or empty. */
function readAction(reading: Reading, { members }: Fields): { action: ToolAction | null; reason: string | null } {
  const reasonPlace = members.get('reason');
  const text = readText(reading, reasonPlace) ?? '';
  const reason = text === '' ? null : text;
  const actionPlace = members.get('action');
  if (actionPlace === undefined && reason !== null && reasonPlace !== undefined) {
    const message = '`reason` belongs to an `action`, and there is none; add one or use `on_deny` in a rule';
    reading.report.add('reason-without-action', reasonPlace.label, reasonPlace.pointer, message);
  }
  return { action: readChoice(reading, actionPlace, TOOL_ACTIONS), reason };
}

interface RuleList {
  readonly kind: Rule['kind'];
  /** Pointer of the tool. */
  readonly owner: string;
  /** The rule that `action` deny stands for, which comes before those of the list. */
  readonly first: { readonly pointer: string; readonly onDeny: string | null } | null;
}

function readRules(reading: Reading, list: Place | undefined, { kind, owner, first }: RuleList): readonly Rule[] {
  const slugOf = createSlugs();
  const name = (conditions: Rule['conditions']): string => `${owner}/${kind}/${slugOf(conditions)}`;
  const rules: Rule[] = [];
  if (first !== null) rules.push({ kind, conditions: [], rule: name([]), ...first });
  for (const place of readList(reading, list, 'this rule')) {
    const rule = readRule(reading, place);
    if (rule !== null) rules.push({ kind, ...rule, rule: name(rule.conditions), pointer: place.pointer });
  }
  return rules;
}

function readRule(reading: Reading, place: Place): Pick<Rule, 'conditions' | 'onDeny'> | null {
  const fields = readObject(reading, place, RULE_FIELDS, 'a rule');
  if (fields === null) return null;
  const list = need(reading, fields, 'conditions') ?? undefined;
  const conditions = readList(reading, list, 'this condition').flatMap((each) => readCondition(reading, each) ?? []);
  const onDeny = readText(reading, fields.members.get('on_deny')) ?? '';
  return { conditions, onDeny: onDeny === '' ? null : onDeny };
}
