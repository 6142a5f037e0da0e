import { type CompiledLimit, type CompiledTool, compilePolicy } from '../engine/compile.ts';
import type { Policy } from '../policy/model.ts';
import { findDenied } from './argument-search.ts';
import { callsOf, NO_CAP, valueOf, type Cap } from './pieces.ts';
import { piecesOf } from './span-capacity.ts';
import { spanTree } from './span-tree.ts';
import type { Steps } from './steps.ts';
import { toolCaps, type WindowCap } from './tool-caps.ts';
import { BOUNDARY_MS, byWindow, chainsOf } from './worst-case.ts';

/**
 * A rule or limit that changes nothing. `never-denies`: no call that the tool takes gets as far as being denied by it ·
 * `never-reached`: no call passes the rules before it · `never-binds`: other limits, or what one call may spend, are
 * tighter · `as-tight`: others let exactly as much through.
 */
export interface DeadWeight {
  readonly tool: string;
  readonly rule: string;
  readonly pointer: string;
  readonly why: 'never-denies' | 'never-reached' | 'never-binds' | 'as-tight';
  /** Of `as-tight`: the one other limit that is, as its rule is called; null where several are so together. */
  readonly other?: string | null;
}

/** Rules and limits of the tools listed that no call the tool takes can feel, each proved so; stops after each tool. */
export function* findDeadWeight(policy: Policy): Steps<DeadWeight[]> {
  const compiled = compilePolicy(policy);
  const found: DeadWeight[] = [];
  for (const [name, { rules, limits }] of policy.tools) {
    // why: in Intercept `*` stands for every tool; what no call named so can feel, calls of the others can.
    if (policy.dialect === 'intercept' && name === '*') continue;
    const tool = compiled.tool(name);
    if (tool.refusal === null) {
      // why: what stands for every tool is no dead weight because this one does not feel it.
      const own = new Set([...rules, ...limits].map(({ pointer }) => pointer));
      const dead: DeadWeight[] = [];
      yield* findDeadRules(name, tool, policy, dead);
      yield* findDeadLimits(name, tool, policy, dead);
      found.push(...dead.filter(({ pointer }) => own.has(pointer)));
    } else {
      for (const { rule, pointer } of [...rules, ...limits])
        found.push({ tool: name, rule, pointer, why: 'never-reached' });
    }
    yield;
  }
  return found;
}

function ownLimits(tool: CompiledTool): readonly CompiledLimit[] {
  return tool.limits.filter(({ tool: owner }) => owner !== null);
}

function* findDeadRules(name: string, tool: CompiledTool, policy: Policy, found: DeadWeight[]): Steps<void> {
  const always = tool.rules.findIndex(({ rule }) => rule.kind === 'deny_if' && rule.conditions.length === 0);
  for (const [index, { rule, readsCounters }] of tool.rules.entries()) {
    const place = { tool: name, rule: rule.rule, pointer: rule.pointer };
    if (always !== -1 && index > always) found.push({ ...place, why: 'never-reached' });
    else if (!readsCounters && findDenied(name, tool, policy.dialect, index).kind === 'none') {
      found.push({ ...place, why: 'never-denies' });
    }
    yield;
  }
}

function* findDeadLimits(name: string, tool: CompiledTool, policy: Policy, found: DeadWeight[]): Steps<void> {
  const { status } = toolCaps(name, tool, policy.dialect, 'session');
  for (const [index, { limit }] of ownLimits(tool).entries()) {
    yield;
    const place = { tool: name, rule: limit.rule, pointer: limit.pointer };
    if (status === 'denied') found.push({ ...place, why: 'never-reached' });
    else if (status !== 'unknown') {
      const idle = idleness(name, tool, policy, index);
      if (idle !== null) found.push({ ...place, ...idle });
    }
  }
}

/** Why a limit changes nothing: the others let no more through one of its windows than it does. Null where they do. */
function idleness(
  name: string,
  tool: CompiledTool,
  policy: Policy,
  index: number,
): Pick<DeadWeight, 'why' | 'other'> | null {
  const limit = ownLimits(tool)[index];
  if (limit === undefined || !limit.limit.counts) return null;
  // why: sessions are free, so a limit of each session bounds nothing that a grant's limit counts.
  const callers = limit.limit.scope === 'session' ? 'session' : 'grant';
  const rest: CompiledTool = { ...tool, limits: tool.limits.filter((other) => other !== limit) };
  const alone: CompiledTool = { ...tool, limits: [limit] };
  const caps = toolCaps(name, rest, policy.dialect, callers);
  const own = toolCaps(name, alone, policy.dialect, callers);
  const cap = own.own[0];
  if (cap === undefined || !caps.exact || !own.exact) return null;
  const others = [...caps.own, ...caps.shared];
  const calls = most(others, cap.windowMs, 0);
  const value = most(others, cap.windowMs, own.callValue);
  const spends = own.callValue > 0;
  if (calls.calls > cap.calls || (spends && value.value > cap.value)) return null;
  // why: a longer window that lets no more through in this one is tighter, since it lets no more through after it.
  const upTo = others.filter(({ windowMs }) => windowMs <= cap.windowMs);
  const isEqual =
    most(upTo, cap.windowMs, 0).calls === cap.calls ||
    (spends && most(upTo, cap.windowMs, own.callValue).value === cap.value);
  if (!isEqual || others.some((other) => isTighter(other, cap))) return { why: 'never-binds' };
  const equal = others.filter(({ windowMs, calls: held, rules }) => {
    return windowMs === cap.windowMs && held === cap.calls && rules.length === 1;
  });
  return { why: 'as-tight', other: equal[0]?.rules[0] ?? null };
}

function isTighter({ windowMs, calls }: WindowCap, cap: WindowCap): boolean {
  return windowMs > cap.windowMs && calls <= cap.calls;
}

function most(caps: readonly WindowCap[], windowMs: number, callValue: number): Cap {
  const [chain] = chainsOf(byWindow(caps));
  if (chain === undefined) return NO_CAP;
  const lengths = [...chain.keys()].sort((a, b) => a - b);
  // why: lengths that do not divide the window could start earlier in it; then nothing is claimed.
  if (lengths.some((length) => windowMs % length !== 0 && length % windowMs !== 0)) return NO_CAP;
  const pieces = piecesOf(spanTree(lengths, BOUNDARY_MS, BOUNDARY_MS + windowMs), lengths, chain, callValue);
  return { calls: callsOf(pieces), value: valueOf(pieces) };
}
