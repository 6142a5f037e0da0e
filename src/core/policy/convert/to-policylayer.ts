import type { Policy, ToolPolicy } from '../model.ts';
import { InterceptCounters, partsOf } from './intercept-counters.ts';
import type { NoteBook } from './notes.ts';
import type { NativeDocument, NativeLimit, NativeTool } from './policylayer-document.ts';
import { convertLimits } from './to-policylayer-limits.ts';
import { type ConvertedRule, convertRules } from './to-policylayer-rules.ts';

/** What a tool, or `*`, asks of calls. */
interface ConvertedPart {
  readonly rules: readonly ConvertedRule[];
  /** Rules on amounts, which come after every other rule. */
  readonly checks: readonly ConvertedRule[];
  readonly limits: readonly NativeLimit[];
  readonly deniesAll: boolean;
}

const NOTHING: ConvertedPart = { rules: [], checks: [], limits: [], deniesAll: false };

/** An Intercept policy as a PolicyLayer document. What PolicyLayer cannot say denies instead, with a note. */
export function toPolicylayer(policy: Policy, notes: NoteBook): NativeDocument {
  const counters = new InterceptCounters(policy);
  const { everyTool } = policy;
  const every = everyTool === null ? NOTHING : convertPart(everyTool, true, counters, notes);
  const listed = partsOf(policy).filter((part) => part !== everyTool);
  const tools = listed.map((part): [string, NativeTool] => {
    return [part.name, joined(convertPart(part, false, counters, notes), every)];
  });
  noteWords(policy, notes);
  return {
    description: policy.description,
    defaultAction: defaultFor(policy, every, notes),
    hide: policy.hide.map(({ name }) => name),
    allTools: every.limits,
    tools: new Map(tools),
  };
}

function convertPart(
  part: ToolPolicy,
  isEveryTool: boolean,
  counters: InterceptCounters,
  notes: NoteBook,
): ConvertedPart {
  const { rules, deniesAll, most } = convertRules(part, counters, notes);
  if (deniesAll) return { ...NOTHING, rules, deniesAll };
  return { rules, deniesAll, ...convertLimits({ part, isEveryTool, most }, counters, notes) };
}

/** A tool's own rules, then those of `*`, which PolicyLayer's tools have to hold themselves. */
function joined(own: ConvertedPart, every: ConvertedPart): NativeTool {
  const deniesAll = own.deniesAll || every.deniesAll;
  const rules = own.deniesAll ? own.rules : [...own.rules, ...every.rules];
  const all = deniesAll ? rules : [...rules, ...own.checks, ...every.checks];
  return {
    require: all.filter(({ kind }) => kind === 'require'),
    denyIf: all.filter(({ kind }) => kind === 'deny_if'),
    limits: deniesAll ? [] : own.limits,
    approval: null,
  };
}

/** Tools that are not listed have no rules in PolicyLayer: where `*` has some, only a denial is as strict. */
function defaultFor({ defaultAction, everyTool }: Policy, every: ConvertedPart, notes: NoteBook): 'allow' | 'deny' {
  const hasRules = every.rules.length > 0 || every.checks.length > 0;
  if (defaultAction === 'deny' || everyTool === null || !hasRules) return defaultAction;
  const message = 'listed tools get the rules of `*`; for the others `default` is written as `deny`';
  notes.add('every-tool-rules', everyTool.rules[0]?.pointer ?? everyTool.pointer, message);
  return 'deny';
}

function noteWords(policy: Policy, notes: NoteBook): void {
  if (policy.defaultAction === 'deny' || policy.hide.length > 0) {
    const message = 'calls of hidden and unlisted tools are refused in PolicyLayer’s words';
    notes.add('own-words', '', message);
  }
  if (partsOf(policy).some(({ rules }) => rules.length > 0)) {
    notes.add('rule-names', '', 'names stay in the messages of rules that have no `on_deny`');
  }
}
