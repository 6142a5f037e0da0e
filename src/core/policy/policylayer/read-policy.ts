import type { HideEntry, Policy, ToolPolicy } from '../model.ts';
import { replacement } from '../report.ts';
import { quoted } from '../wording.ts';
import { type JsonNode, visitNodes } from './json-node.ts';
import { memberPlaces, need, readChoice, readList, readName, readObject, readText, reportType } from './place.ts';
import { rootPlace, type Fields, type Place, type Reading } from './place.ts';
import { childPointer } from '../pointer.ts';
import { readLimits } from './read-limit.ts';
import { readTool } from './read-tool.ts';
import { ALL_TOOLS_FIELDS, DEFAULT_ACTIONS, POLICY_FIELDS, VERSION } from './vocabulary.ts';

/**
 * Reads a policy from its tree. Everything wrong is reported; when anything is, the policy must not be used, and it is
 * null when its outline is missing.
 */
export function readPolicy(reading: Reading, root: JsonNode): Policy | null {
  checkTree(reading, root);
  const fields = readObject(reading, rootPlace(root), POLICY_FIELDS, 'a policy');
  if (fields === null) return null;
  readVersion(reading, fields);
  const defaultAction = readChoice(reading, need(reading, fields, 'default'), DEFAULT_ACTIONS);
  const description = readText(reading, fields.members.get('description')) ?? '';
  const hide = readHide(reading, fields.members.get('hide'));
  const everyTool = readAllTools(reading, fields.members.get('all_tools'));
  const tools = readTools(reading, fields.members.get('tools'));
  if (defaultAction === null) return null;
  return { dialect: 'policylayer', version: VERSION, description, defaultAction, hide, tools, everyTool };
}

/** What no field of a policy may be, wherever it stands. */
function checkTree(reading: Reading, root: JsonNode): void {
  visitNodes(root, (node, pointer) => {
    if (node.kind === 'scalar' && typeof node.value === 'number' && !Number.isFinite(node.value)) {
      const written = quoted(reading.text.slice(node.range.start, node.range.end));
      reading.report.add(
        'number-too-large',
        node.range,
        pointer(),
        `${written} is beyond every number; write a smaller one`,
      );
    }
    if (node.kind !== 'object') return;
    const seen = new Set<string>();
    for (const { name, key } of node.members) {
      if (seen.has(name)) {
        const message = `${quoted(name)} stands here twice; remove one or merge them`;
        reading.report.add('duplicate-name', key, childPointer(pointer(), name), message);
      }
      seen.add(name);
    }
  });
}

function readVersion(reading: Reading, fields: Fields): void {
  const place = need(reading, fields, 'version');
  const version = readText(reading, place);
  if (version === null || place === null || version === VERSION) return;
  const fix = replacement('Write `"1"`', place.node.range, JSON.stringify(VERSION));
  const message = `there is no version ${quoted(version)}; write \`"1"\``;
  reading.report.add('wrong-version', place.node.range, place.pointer, message, fix);
}

function readHide(reading: Reading, place: Place | undefined): readonly HideEntry[] {
  const seen = new Set<string>();
  return readList(reading, place, 'this entry of `hide`').flatMap((entry, index) => {
    const name = readName(reading, entry);
    if (name === null) return [];
    if (seen.has(name)) {
      const message = `${quoted(name)} is in \`hide\` already; remove this entry`;
      const list = place?.node;
      const edits = list?.kind === 'list' ? reading.editor().remove(list, [index]) : [];
      reading.report.add('repeated-hide', entry.node.range, entry.pointer, message, { title: 'Remove it', edits });
    }
    seen.add(name);
    return [{ name, pointer: entry.pointer }];
  });
}

function readAllTools(reading: Reading, place: Place | undefined): ToolPolicy | null {
  const fields = place === undefined ? null : readObject(reading, place, ALL_TOOLS_FIELDS, '`all_tools`');
  if (fields === null) return null;
  const { pointer } = fields.place;
  const limits = readLimits(reading, fields.members.get('limits'), undefined, { owner: pointer, isAllTools: true });
  return { name: 'all_tools', pointer, rules: [], limits, approval: null };
}

function readTools(reading: Reading, place: Place | undefined): ReadonlyMap<string, ToolPolicy> {
  const tools = new Map<string, ToolPolicy>();
  if (place === undefined) return tools;
  const { node, pointer } = place;
  if (node.kind !== 'object') {
    reportType(reading, place, 'an object with a member for each tool');
    return tools;
  }
  const names = node.members.map(({ name }) => name);
  memberPlaces(node, pointer).forEach((member, index) => {
    const name = names[index] ?? '';
    const tool = readTool(reading, member, name);
    if (tool !== null) tools.set(name, tool);
  });
  return tools;
}
