import type { Explanation, RunSummary } from '../../workers/engine-api.ts';
import { countOf } from '../ui/kit/format-number.ts';

/** `3 calls of issue_audit_ticket by settler`; several tools or callers are counted. */
export function callsText({ calls, tools, grants }: Pick<RunSummary, 'calls' | 'tools' | 'grants'>): string {
  const [tool, ...moreTools] = tools;
  const [grant, ...moreGrants] = grants;
  const what =
    tool === undefined ? '' : moreTools.length === 0 ? ` of ${tool.tool}` : ` of ${countOf(tools.length, 'tool')}`;
  const who =
    grant === undefined
      ? ''
      : moreGrants.length === 0
        ? ` by ${grant.grant}`
        : ` by ${countOf(grants.length, 'grant')}`;
  return `${countOf(calls, 'call')}${what}${who}`;
}

/** What tells one of some calls from the others. `missing`: an argument that others have is left out. */
export interface CallText {
  readonly text: string;
  readonly missing: boolean;
}

type Listed = Pick<Explanation, 'tool' | 'grant' | 'args'>;

function argumentText({ args }: Listed, key: string): string {
  return Object.hasOwn(args, key) ? `${key}: ${JSON.stringify(args[key])}` : `no ${key}`;
}

/**
 * One text for each call, naming only what differs among them: tools, the arguments, the callers. Calls that are all the
 * same are named by their tool, and so are all where the run has calls of several (`tools`: of how many).
 */
export function callTexts(calls: readonly Listed[], tools = 1): readonly CallText[] {
  const differs = (of: (call: Listed) => string): boolean => new Set(calls.map(of)).size > 1;
  const severalTools = tools > 1 || differs(({ tool }) => tool);
  const severalGrants = differs(({ grant }) => grant);
  const keys = severalTools ? [] : [...new Set(calls.flatMap(({ args }) => Object.keys(args)))];
  const telling = keys.filter((key) => differs((call) => argumentText(call, key)));
  return calls.map((call) => {
    const named = telling.map((key) => argumentText(call, key));
    const parts = [...(severalTools || telling.length === 0 ? [call.tool] : []), ...named];
    const text = parts.join(', ') + (severalGrants ? ` by ${call.grant}` : '');
    return { text, missing: telling.length > 0 && telling.every((key) => !Object.hasOwn(call.args, key)) };
  });
}
