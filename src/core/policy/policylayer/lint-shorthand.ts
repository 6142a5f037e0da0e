import type { Fix, TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { ToolPolicy } from '../model.ts';
import type { Subject } from '../lint/subject.ts';
import { childPointer } from '../pointer.ts';
import { memberOf, toJson, type Member, type ObjectNode } from './json-node.ts';
import type { JsonPage } from './page.ts';
import { RATE_LIMIT_COUNTER, WINDOW_SECONDS, WINDOWS } from './vocabulary.ts';

/**
 * Notes on short forms, each with the rewrite that decides the same. `require_approval` and windows other than a minute,
 * an hour and a day have no long form and get no note.
 */
export function lintShorthand(subject: Subject, page: JsonPage): void {
  for (const tool of subject.policy.tools.values()) {
    const node = page.object(tool.pointer);
    if (node !== null) lintTool({ subject, page }, node, tool);
  }
}

/** Where remarks go, and what edits the text. */
interface Desk {
  readonly subject: Subject;
  readonly page: JsonPage;
}

function lintTool(desk: Desk, node: ObjectNode, tool: ToolPolicy): void {
  const action = memberOf(node, 'action');
  if (action !== undefined && tool.approval === null) lintAction(desk, node, action, tool);
  const rateLimit = memberOf(node, 'rate_limit');
  if (rateLimit !== undefined) lintRateLimit(desk, node, rateLimit, tool);
}

function lintAction(desk: Desk, node: ObjectNode, action: Member, tool: ToolPolicy): void {
  const reason = memberOf(node, 'reason');
  const leftOver = [action, ...(reason === undefined ? [] : [reason])];
  const pointer = childPointer(tool.pointer, 'action');
  if (toJson(action.value) === 'allow') {
    const fix = { title: 'Remove it', edits: removeAll(desk, node, leftOver) };
    desk.subject.add(
      'shorthand',
      { pointer: pointer, range: action.range },
      'a listed tool is allowed anyway; remove `action`',
      fix,
    );
    return;
  }
  const onDeny = reason === undefined ? '' : toJson(reason.value);
  const rule = onDeny === '' ? { conditions: [] } : { conditions: [], on_deny: onDeny };
  const edits = moveInto(desk, node, { list: 'deny_if', at: 'start', item: rule, from: action, leftOver });
  const fix: Fix = { title: 'Use `deny_if`', edits };
  desk.subject.add(
    'shorthand',
    { pointer: pointer, range: action.range },
    'short for a `deny_if` rule without conditions; use `deny_if`',
    fix,
  );
}

function lintRateLimit(desk: Desk, node: ObjectNode, member: Member, tool: ToolPolicy): void {
  const limit = tool.limits.at(-1);
  const window = WINDOWS.find((word) => WINDOW_SECONDS[word] * 1000 === limit?.windowMs);
  if (limit === undefined || window === undefined) return;
  const item = { counter: RATE_LIMIT_COUNTER, window, max: limit.max, scope: 'session' };
  const edits = moveInto(desk, node, { list: 'limits', at: 'end', item, from: member, leftOver: [member] });
  const message = 'short for a limit of scope `session`; use `limits`';
  desk.subject.add('shorthand', { pointer: limit.pointer, range: member.range }, message, {
    title: 'Use `limits`',
    edits,
  });
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

function moveInto(desk: Desk, node: ObjectNode, move: Move): readonly TextEdit[] {
  const list = memberOf(node, move.list)?.value;
  if (list?.kind !== 'list') {
    const others = move.leftOver.filter((member) => member !== move.from);
    return [desk.page.editor.replaceMember(node, move.from, move.list, [move.item]), ...removeAll(desk, node, others)];
  }
  const index = move.at === 'start' ? 0 : list.items.length;
  return [desk.page.editor.insertItem(list, index, move.item), ...removeAll(desk, node, move.leftOver)];
}

function removeAll(desk: Desk, node: ObjectNode, members: readonly Member[]): readonly TextEdit[] {
  if (members.length === 0) return [];
  const indexes = members.map((member) => node.members.indexOf(member)).sort((a, b) => a - b);
  return desk.page.editor.remove(node, indexes);
}
