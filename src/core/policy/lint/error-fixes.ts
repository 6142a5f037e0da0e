import type { Diagnostic, Fix } from '../../diagnostic.ts';
import { locateNode, memberOf, toJson, type ObjectNode } from '../policylayer/json-node.ts';
import type { JsonPage } from '../policylayer/page.ts';
import { childPointer } from '../pointer.ts';
import type { Written } from '../reader.ts';
import { quoted } from '../wording.ts';

/** Places one misplaced reason is offered to be moved to. */
const MOST = 5;

type Json = Extract<Written, { dialect: 'policylayer' }>;

/** Fixes for errors that reading itself offers none for, because they need a look at more of the text. */
export function fixesForError({ code, pointer }: Diagnostic, { root }: Json, page: JsonPage): readonly Fix[] {
  const parent = locateNode(root, pointer.slice(0, pointer.lastIndexOf('/')))?.node;
  if (parent?.kind !== 'object') return [];
  if (code === 'reason-without-action') return moveReason(parent, pointer, page);
  return code === 'repeated-counter' ? splitCounter(root, pointer, page) : [];
}

/** To each rule and limit of the tool that has no words of its own; where there are none, to nowhere. */
function moveReason(tool: ObjectNode, pointer: string, page: JsonPage): readonly Fix[] {
  const reason = memberOf(tool, 'reason');
  const text = reason === undefined ? null : toJson(reason.value);
  const [removed] = page.fix('Remove it', { kind: 'remove', pointer });
  if (removed === undefined || typeof text !== 'string') return [];
  const fixes: Fix[] = [];
  for (const list of ['require', 'deny_if', 'limits']) {
    const node = memberOf(tool, list)?.value;
    if (node?.kind !== 'list') continue;
    node.items.forEach((item, index) => {
      if (item.kind !== 'object' || memberOf(item, 'on_deny') !== undefined || fixes.length === MOST) return;
      const title = `Move it to ${quoted(`${list}/${String(index)}`)} as \`on_deny\``;
      fixes.push({
        title,
        edits: [...removed.edits, page.editor.insertMember(item, item.members.length, 'on_deny', text)],
      });
    });
  }
  return fixes.length > 0 ? fixes : [removed];
}

/** Gives the later limit a counter of its own: the same name and a number. */
function splitCounter(root: Json['root'], pointer: string, page: JsonPage): readonly Fix[] {
  const [, owner = '', index = ''] = /^(.*)\/limits\/(\d+)\/counter$/.exec(pointer) ?? [];
  const list = locateNode(root, childPointer(owner, 'limits'))?.node;
  if (list?.kind !== 'list' || index === '') return [];
  const names = list.items.map((item) => {
    const counter = item.kind === 'object' ? memberOf(item, 'counter') : undefined;
    return counter === undefined ? null : toJson(counter.value);
  });
  const name = names[Number(index)];
  if (typeof name !== 'string') return [];
  const taken = new Set(names);
  let number = 2;
  while (taken.has(`${name}_${String(number)}`)) number++;
  const better = `${name}_${String(number)}`;
  return page.fix(`Rename it to ${quoted(better)}`, { kind: 'write', pointer, value: better });
}
