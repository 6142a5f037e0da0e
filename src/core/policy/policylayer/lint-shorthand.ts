import type { Fix, TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { ToolPolicy } from '../model.ts';
import { childPointer } from '../pointer.ts';
import { memberOf, toJson, type Member, type ObjectNode } from './json-node.ts';
import type { Reading } from './place.ts';
import { RATE_LIMIT_COUNTER, WINDOW_SECONDS, WINDOWS } from './vocabulary.ts';

/**
 * Notes on short forms, each with the rewrite that decides the same. `require_approval` and windows other than a minute,
 * an hour and a day have no long form and get no note.
 */
export function lintShorthand(reading: Reading, node: ObjectNode, tool: ToolPolicy): void {
  const action = memberOf(node, 'action');
  if (action !== undefined && tool.approval === null) lintAction(reading, node, action, tool);
  const rateLimit = memberOf(node, 'rate_limit');
  if (rateLimit !== undefined) lintRateLimit(reading, node, rateLimit, tool);
}

function lintAction(reading: Reading, node: ObjectNode, action: Member, tool: ToolPolicy): void {
  const reason = memberOf(node, 'reason');
  const leftOver = [action, ...(reason === undefined ? [] : [reason])];
  const pointer = childPointer(tool.pointer, 'action');
  if (toJson(action.value) === 'allow') {
    const fix = { title: 'Remove it', edits: removeAll(reading, node, leftOver) };
    reading.report.add('shorthand', action.range, pointer, 'a listed tool is allowed anyway; remove `action`', fix);
    return;
  }
  const onDeny = reason === undefined ? '' : toJson(reason.value);
  const rule = onDeny === '' ? { conditions: [] } : { conditions: [], on_deny: onDeny };
  const edits = moveInto(reading, node, { list: 'deny_if', at: 'start', item: rule, from: action, leftOver });
  const fix: Fix = { title: 'Use `deny_if`', edits };
  reading.report.add(
    'shorthand',
    action.range,
    pointer,
    'short for a `deny_if` rule without conditions; use `deny_if`',
    fix,
  );
}

function lintRateLimit(reading: Reading, node: ObjectNode, member: Member, tool: ToolPolicy): void {
  const limit = tool.limits.at(-1);
  const window = WINDOWS.find((word) => WINDOW_SECONDS[word] * 1000 === limit?.windowMs);
  if (limit === undefined || window === undefined) return;
  const item = { counter: RATE_LIMIT_COUNTER, window, max: limit.max, scope: 'session' };
  const edits = moveInto(reading, node, { list: 'limits', at: 'end', item, from: member, leftOver: [member] });
  const message = 'short for a limit of scope `session`; use `limits`';
  reading.report.add('shorthand', member.range, limit.pointer, message, { title: 'Use `limits`', edits });
}

interface Move {
  readonly list: 'deny_if' | 'limits';
  readonly at: 'start' | 'end';
  readonly item: JsonValue;
  /** The member whose place the list takes when there is none yet. */
  readonly from: Member;
  /** Members that go. */
  readonly leftOver: readonly Member[];
}

function moveInto(reading: Reading, node: ObjectNode, move: Move): readonly TextEdit[] {
  const list = memberOf(node, move.list)?.value;
  if (list?.kind !== 'list') {
    const others = move.leftOver.filter((member) => member !== move.from);
    return [
      reading.editor().replaceMember(node, move.from, move.list, [move.item]),
      ...removeAll(reading, node, others),
    ];
  }
  const index = move.at === 'start' ? 0 : list.items.length;
  return [reading.editor().insertItem(list, index, move.item), ...removeAll(reading, node, move.leftOver)];
}

function removeAll(reading: Reading, node: ObjectNode, members: readonly Member[]): readonly TextEdit[] {
  if (members.length === 0) return [];
  const indexes = members.map((member) => node.members.indexOf(member)).sort((a, b) => a - b);
  return reading.editor().remove(node, indexes);
}
