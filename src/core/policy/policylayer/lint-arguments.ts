import type { Fix } from '../../diagnostic.ts';
import type { Condition, Rule, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import { locateNode, memberOf, type ObjectNode } from './json-node.ts';
import type { Reading } from './place.ts';

/**
 * Warns of `deny_if` rules that a caller avoids by leaving an argument out: a condition on a missing argument is false.
 * Not where some rule denies calls without the argument, nor where the rule says itself that it is about calls with it.
 */
export function lintLeftOutArguments(reading: Reading, node: ObjectNode, tool: ToolPolicy): void {
  const denyRules = tool.rules.filter(({ kind }) => kind === 'deny_if');
  if (denyRules.some(({ conditions }) => conditions.length === 0)) return;
  const settled = guardedPaths(tool.rules);
  for (const rule of denyRules) {
    const meant = new Set(rule.conditions.filter(isPresence).map(({ path }) => path));
    for (const condition of rule.conditions) {
      const { path, op } = condition;
      if (op === 'exists' || meant.has(path) || settled.has(path)) continue;
      settled.add(path);
      warn(reading, node, tool, condition);
    }
  }
}

/** Paths, and the paths they lead through, without which a call is denied whatever else it holds. */
function guardedPaths(rules: readonly Rule[]): Set<string> {
  const guarded = new Set<string>();
  for (const { kind, conditions } of rules) {
    const needed = kind === 'require' ? conditions.filter((each) => !isAbsence(each)) : [];
    const only = kind === 'deny_if' && conditions.length === 1 ? conditions.filter(isAbsence) : [];
    for (const { segments } of [...needed, ...only]) {
      for (let length = 1; length <= segments.length; length++)
        guarded.add(`args.${segments.slice(0, length).join('.')}`);
    }
  }
  return guarded;
}

function isPresence({ op, value }: Condition): boolean {
  return op === 'exists' && value === true;
}

function isAbsence({ op, value }: Condition): boolean {
  return op === 'exists' && value === false;
}

function warn(reading: Reading, node: ObjectNode, tool: ToolPolicy, { path, pointer }: Condition): void {
  const range = locateNode(node, `${pointer.slice(tool.pointer.length)}/path`)?.node.range ?? node.range;
  const message = `a call without ${quoted(path)} passes this rule; require the argument`;
  reading.report.add('argument-left-out', range, pointer, message, requireFix(reading, node, path));
}

function requireFix(reading: Reading, node: ObjectNode, path: string): Fix {
  const rule = { conditions: [{ path, op: 'exists', value: true }] };
  const list = memberOf(node, 'require')?.value;
  const index = node.members.findIndex(({ name }) => name === 'deny_if');
  const edit =
    list?.kind === 'list'
      ? reading.editor().insertItem(list, list.items.length, rule)
      : reading.editor().insertMember(node, index, 'require', [rule]);
  return { title: 'Require the argument', edits: [edit] };
}
