import { compilePolicy, type CompiledTool } from '../engine/compile.ts';
import { counted } from '../policy/wording.ts';
import { OUTCOME_CODE } from './columns.ts';
import { entry as at } from './entry.ts';
import type { RunFinding } from './finding.ts';
import type { Run } from './run.ts';
import type { TallyEntry } from './tally.ts';

/**
 * A note when agents called tools that the policy denies whatever the arguments, but does not hide: such tools stay in
 * `tools/list`. Counts the server's tools of that kind and the calls made to them; empty when there were none.
 */
export function findVisibleDenied(run: Run, tally: readonly TallyEntry[], catalogue: Iterable<string>): RunFinding[] {
  const compiled = compilePolicy(run.policy);
  const pointers = new Map<string, string>();
  for (const name of catalogue) {
    const pointer = denialOf(compiled.tool(name));
    if (pointer !== null) pointers.set(name, pointer);
  }
  const tried = tally.filter((entry) => {
    const { kind } = at(run.deciders, entry.decider);
    const denied = entry.outcome === OUTCOME_CODE.deny && kind !== 'no-policy';
    return denied && pointers.has(at(run.table.tools, entry.tool));
  });
  const calls = tried.reduce((sum, entry) => sum + entry.calls, 0);
  if (calls === 0) return [];
  const tools = new Set(tried.map((entry) => at(run.table.tools, entry.tool)));
  const [first = ''] = tools;
  const did = tools.size === 1 ? counted(calls, `${first} call`) : counted(calls, 'call');
  return [
    {
      code: 'denied-but-listed',
      severity: 'note',
      title: `${counted(pointers.size, 'denied tool')} ${pointers.size === 1 ? 'stays' : 'stay'} in tools/list`,
      detail: `Agents see them and keep trying: ${did} did. Hide the tools that no agent should see.`,
      pointer: pointers.get(first) ?? '',
      fromMs: null,
      toMs: null,
      deniedTools: [...tools],
    },
  ];
}

/** Where it is written that every call of a tool is denied, though the tool is listed; null otherwise. */
function denialOf(tool: CompiledTool): string | null {
  if (tool.refusal !== null) return tool.refusal.kind === 'default' ? tool.refusal.pointer : null;
  const always = tool.rules.find(({ rule }) => rule.kind === 'deny_if' && rule.conditions.length === 0);
  return always?.rule.pointer ?? null;
}
