import { formatMessage } from '../engine/message.ts';
import type { Caller } from '../engine/decision.ts';
import { DENIAL_PREFIX } from '../simulator/agent-message.ts';
import { entry } from '../simulator/entry.ts';
import type { Pass } from '../simulator/pass.ts';
import type { Run } from '../simulator/run.ts';
import { CallerCalls } from './caller-calls.ts';
import {
  type K6Note,
  type K6Options,
  type K6Outline,
  type K6Script,
  MAX_SCRIPT_CALLS,
  MAX_SCRIPT_LENGTH,
  type TokenVariable,
} from './export.ts';
import { scriptHead } from './script-head.ts';
import { SCRIPT_BODY } from './script-body.ts';
import { stringLiteral } from './literal.ts';
import { tokenNames } from './token-names.ts';

/** A virtual user: callers of one grant and session, who share an MCP session. */
interface VirtualUser {
  readonly caller: Caller;
  readonly calls: CallerCalls;
}

/**
 * Writes a run as a k6 script: every call once, at its time, with what became of it. Call `add` over all calls, in order.
 * The result is too large beyond `MAX_SCRIPT_CALLS` or `MAX_SCRIPT_LENGTH`. What a person wrote is in it as data alone.
 */
export function k6Pass(run: Run, options: K6Options): Pass<K6Script> {
  const { columns, table } = run;
  const users = virtualUsers(table.callers);
  const firstMs = columns.atMs[0] ?? 0;
  let length = 0;
  return {
    add(from, to) {
      if (columns.count > MAX_SCRIPT_CALLS) return;
      for (let i = from; i < to && length <= MAX_SCRIPT_LENGTH; i++) {
        const call = {
          number: i + 1,
          offsetMs: (columns.atMs[i] ?? 0) - firstMs,
          tool: columns.tool[i] ?? 0,
          args: columns.args[i] ?? 0,
          outcome: columns.outcome[i] ?? 0,
          answer: columns.status[i] ?? 0,
        };
        length += entry(users, columns.caller[i] ?? 0).calls.add(call, (id) => table.argsAt(id));
      }
    },
    finish() {
      if (columns.count === 0) return { kind: 'empty' };
      if (columns.count > MAX_SCRIPT_CALLS || length > MAX_SCRIPT_LENGTH) return { kind: 'too-large' };
      const calling = [...new Set(users)].filter(({ calls }) => calls.count > 0);
      return written(run, options, calling);
    },
  };
}

/** By caller; callers of one grant and session have one in common. */
function virtualUsers(callers: readonly Caller[]): VirtualUser[] {
  const users = new Map<string, VirtualUser>();
  return callers.map((caller) => {
    const key = JSON.stringify([caller.grant, caller.session]);
    const user = users.get(key) ?? { caller, calls: new CallerCalls() };
    users.set(key, user);
    return user;
  });
}

function written(run: Run, { align, name }: K6Options, users: readonly VirtualUser[]): K6Script {
  const names = tokenNames(users.map(({ caller }) => caller.grant));
  const tokens = [...names].map(([grant, variable]): TokenVariable => ({ grant, variable }));
  const outline = outlineOf(run, users.length, tokens);
  const about = {
    name,
    calls: outline.calls,
    firstMs: run.columns.atMs[0] ?? 0,
    spanMs: outline.spanMs,
    align,
    marks: Object.values(DENIAL_PREFIX),
    tools: run.table.tools.map((tool) => toolWords(run, tool)),
    callers: users.map(({ caller: { grant, session } }) => ({ grant, session, token: names.get(grant) })),
    tokens: tokens.map(({ variable }) => variable),
  };
  const parts = [
    scriptHead(outline.notes),
    `const RUN = ${stringLiteral(JSON.stringify(about))};\n`,
    'const CALLERS = [\n',
    ...users.map(({ calls }) => `  ${stringLiteral(calls.toText())},\n`),
    '];\n',
    SCRIPT_BODY,
  ];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length > MAX_SCRIPT_LENGTH ? { kind: 'too-large' } : { kind: 'script', outline, parts };
}

/** The texts that tell a hidden tool and a wait for approval from other refusals. */
function toolWords({ policy }: Run, tool: string) {
  const prefix = DENIAL_PREFIX[policy.dialect];
  const approval = policy.tools.get(tool)?.approval ?? policy.everyTool?.approval ?? null;
  return {
    name: tool,
    hidden: prefix + formatMessage(policy.dialect, tool, '', { kind: 'hidden' }),
    approval: approval && prefix + formatMessage(policy.dialect, tool, '', { kind: 'approval', approval }),
  };
}

function outlineOf(run: Run, callers: number, tokens: readonly TokenVariable[]): K6Outline {
  const { columns, limits } = run;
  const { count } = columns;
  return {
    calls: count,
    callers,
    spanMs: (columns.atMs[count - 1] ?? 0) - (columns.atMs[0] ?? 0),
    windowMs: limits.reduce((longest, { limit }) => Math.max(longest, limit.windowMs), 0),
    tokens,
    notes: notesOf(run),
  };
}

function notesOf(run: Run): K6Note[] {
  const { plan, deciders, partial, windows } = run;
  const holds: Readonly<Record<K6Note, boolean>> = {
    reactive: plan.reactions.some((reaction) => reaction !== null),
    approvals: deciders.some(({ kind }) => kind === 'approval'),
    failures: plan.calls.upstream.some((code) => code !== 0),
    partial,
    sliding: windows !== 'calendar',
  };
  return (Object.keys(holds) as K6Note[]).filter((note) => holds[note]);
}
