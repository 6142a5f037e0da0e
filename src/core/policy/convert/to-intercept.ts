import type { Policy, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import type { YamlDocument, YamlRule } from './intercept-document.ts';
import type { NoteBook } from './notes.ts';
import { convertLimits } from './to-intercept-limits.ts';
import { convertRules } from './to-intercept-rules.ts';

/** The name of every tool, and the name its counters are kept under. */
const EVERY_TOOL = '*';
const EVERY_TOOL_SCOPE = '_global';

/** A PolicyLayer policy as an Intercept document. What Intercept cannot say denies instead, with a note. */
export function toIntercept(policy: Policy, notes: NoteBook): YamlDocument {
  const hide = policy.hide.map(({ name }) => name);
  const tools = new Map<string, readonly YamlRule[]>();
  const every = policy.everyTool !== null && policy.everyTool.limits.length > 0 ? policy.everyTool : null;
  for (const tool of policy.tools.values()) {
    if (tool.name === EVERY_TOOL) continue;
    if (tool.name === EVERY_TOOL_SCOPE && every !== null) {
      const message = `${quoted(tool.name)} is hidden, since its counters would be those of all tools`;
      notes.add('global-tool', tool.pointer, message);
      if (!hide.includes(tool.name)) hide.push(tool.name);
    } else tools.set(tool.name, convertTool(tool, notes));
  }
  if (every !== null) tools.set(EVERY_TOOL, convertLimits({ part: every, scope: EVERY_TOOL_SCOPE }, notes));
  noteOwnWords(policy, notes);
  return { description: policy.description, defaultAction: defaultFor(policy, notes), hide, tools };
}

/** A tool that is called `*` cannot be listed; where it may refuse calls, only a denial of what is not listed is as strict. */
function defaultFor({ defaultAction, tools }: Policy, notes: NoteBook): 'allow' | 'deny' {
  const star = tools.get(EVERY_TOOL);
  if (star === undefined) return defaultAction;
  const isOpen = star.rules.length === 0 && star.limits.length === 0 && star.approval === null;
  const becomesDeny = defaultAction === 'allow' && !isOpen;
  const message = becomesDeny
    ? 'the tool `*` is left out, and `default` is written as `deny`; limits for every tool belong in `all_tools`'
    : 'the tool `*` is left out';
  notes.add('star-tool', star.pointer, message);
  return becomesDeny ? 'deny' : defaultAction;
}

function convertTool(tool: ToolPolicy, notes: NoteBook): readonly YamlRule[] {
  const { rules, deniesAll } = convertRules(tool, notes);
  if (deniesAll) return rules;
  const converted = [...rules, ...convertLimits({ part: tool, scope: tool.name }, notes)];
  if (tool.approval === null) return converted;
  const { pointer, reason } = tool.approval;
  notes.add('approval', pointer, `denies every call of ${quoted(tool.name)} in place of asking a person`);
  return [...converted, { name: 'require_approval', conditions: [], onDeny: reason, state: null, from: pointer }];
}

function noteOwnWords(policy: Policy, notes: NoteBook): void {
  const parts = [...policy.tools.values(), ...(policy.everyTool === null ? [] : [policy.everyTool])];
  const isSilent = ({ onDeny }: { readonly onDeny: string | null }): boolean => onDeny === null;
  const isTold = policy.defaultAction === 'deny' || policy.hide.length > 0;
  if (!isTold && !parts.some(({ rules, limits }) => rules.some(isSilent) || limits.some(isSilent))) return;
  notes.add('own-words', '', 'denials without a text of the policy are told in Intercept’s words');
}
