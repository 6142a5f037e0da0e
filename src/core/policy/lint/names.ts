import type { HideEntry, Policy, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import type { Lint, Subject } from './subject.ts';

/** Remarks on which tools a policy names: unknown, hidden and listed, none at all, all of them by `*`. */
export const lintNames: Lint = (subject) => {
  const { policy, page } = subject;
  const isJson = policy.dialect === 'policylayer';
  const entries = new Map(policy.hide.map((entry) => [entry.name, entry]));
  const askedFor = toolsAskedFor(policy);
  for (const entry of policy.hide) lintHideEntry(subject, entry);
  for (const tool of policy.tools.values()) {
    if (tool.name === '*') lintStar(subject, tool);
    else lintTool(subject, tool, entries.has('*') ? undefined : entries.get(tool.name), askedFor);
  }
  const listed = policy.tools.size - (!isJson && policy.tools.has('*') ? 1 : 0);
  if (policy.defaultAction === 'allow' || listed > 0 || entries.has('*')) return;
  const advice = isJson ? 'list tools in `tools`, `{}` allows one' : 'list tools under `tools`';
  const pointer = isJson ? '/default' : 'default';
  const at = { pointer, range: page.value(pointer) ?? page.whole('') };
  subject.add('nothing-allowed', at, `no tool is listed, so every call is denied; ${advice}`);
};

function lintHideEntry(subject: Subject, { name, pointer }: HideEntry): void {
  const { page, policy } = subject;
  const at = { pointer, range: page.whole(pointer) };
  if (name === '*') {
    const message = '`*` hides every tool, so every call is denied; name single tools instead';
    subject.add('hide-everything', at, message);
    return;
  }
  lintUnknown(subject, name, at, (near) =>
    policy.hide.some((entry) => entry.name === near)
      ? []
      : page.fix(`Write ${quoted(near)}`, { kind: 'write', pointer, value: near }),
  );
}

function lintStar(subject: Subject, { pointer }: ToolPolicy): void {
  const { policy, page } = subject;
  // why: to Intercept the tool `*` is every tool.
  if (policy.dialect === 'intercept') return;
  const message = '`*` is read as the name of one tool; move limits for every tool to `all_tools`';
  subject.add('star-tool', { pointer, range: page.name(pointer) }, message);
}

/** Names whose counters a condition of another tool may look at: removing such a tool would leave it nothing to ask. */
function toolsAskedFor({ tools }: Policy): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, rules } of tools.values()) {
    const conditions = rules.flatMap((rule) => rule.conditions).filter(({ source }) => source === 'counter');
    for (const { path } of conditions) {
      const start = path.indexOf('.') + 1;
      for (let dot = path.indexOf('.', start); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        const other = path.slice(start, dot);
        if (other !== name) names.add(other);
      }
    }
  }
  return names;
}

function lintTool(
  subject: Subject,
  { name, pointer }: ToolPolicy,
  hidden: HideEntry | undefined,
  askedFor: ReadonlySet<string>,
): void {
  const { page, policy } = subject;
  const at = { pointer, range: page.name(pointer) };
  lintUnknown(subject, name, at, (near) =>
    policy.tools.has(near) ? [] : page.fix(`Write ${quoted(near)}`, { kind: 'rename', pointer, name: near }),
  );
  if (hidden === undefined) return;
  const message = `${quoted(name)} is hidden too, so its rules are never reached; keep one of the two`;
  const fixes = [
    ...page.fix('Remove it from `hide`', { kind: 'remove', pointer: hidden.pointer }),
    ...(askedFor.has(name) ? [] : page.fix('Remove its rules', { kind: 'remove', pointer })),
  ];
  subject.add('hidden-and-listed', at, message, ...fixes);
}

function lintUnknown(
  subject: Subject,
  name: string,
  at: { pointer: string; range: ReturnType<Subject['page']['name']> },
  fixesTo: (near: string) => ReturnType<Subject['page']['fix']>,
): void {
  const { tools, policy } = subject;
  if (tools === null || tools.has(name)) return;
  const near = subject.nearest(name, [...tools.keys()]);
  const isTaken = near !== null && (policy.tools.has(near) || policy.hide.some((entry) => entry.name === near));
  const advice = near === null ? 'check the name' : `write ${quoted(near)}`;
  const message = `the server has no tool ${quoted(name)}; ${advice}`;
  subject.add('unknown-tool', at, message, ...(near === null || isTaken ? [] : fixesTo(near)));
}
