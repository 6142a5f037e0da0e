import type { JsonObject } from '../json.ts';
import type { Policy } from '../policy/model.ts';
import { MAX_AGENTS, MAX_CALLS } from '../scenario/limits.ts';
import type { Scenario, Step } from '../scenario/model.ts';
import { withValue } from './argument-search.ts';
import { piecesOf, type CapsByWindow } from './span-capacity.ts';
import { spanTree, type SpanNode } from './span-tree.ts';
import { callsTogether, type TogetherTool } from './together.ts';
import { byWindow, isPassing, SPANS, type SpanName, type ToolWorst, type WorstCase } from './worst-case.ts';

/** Calls sent where nothing bounds them: enough to see it. */
const SHOWN_UNBOUNDED = 10_000;
/** Spent by one call where nothing bounds it. */
const UNBOUNDED_VALUE = 1_000_000;

/** What a number of the worst case is about; `tool` null: all of them together, which is counted in calls only. */
export interface WorstQuestion {
  readonly tool: string | null;
  readonly span: SpanName;
  readonly of: 'calls' | 'value';
  readonly sliding: boolean;
  /** Grants that send the same traffic side by side; 1 to 64. */
  readonly grants: number;
}

interface Burst {
  readonly atMs: number;
  readonly tool: ToolWorst;
  readonly calls: number;
  /** Null where only calls are counted. */
  readonly value: number | null;
}

/**
 * A scenario that reaches a number of the worst case: bursts at the start of the span and of every window after it. All
 * its calls pass, unless it would take more sessions than a scenario has agents. Where nothing bounds the number, 10,000
 * calls show it. Null when it would take more calls than a run may have, or when no call passes.
 */
export function worstScenario(worst: WorstCase, policy: Policy, question: WorstQuestion): Scenario | null {
  const bursts = question.tool === null ? burstsTogether(worst, question) : burstsOfTool(worst, question);
  const calls = bursts.reduce((sum, burst) => sum + burst.calls, 0) * question.grants;
  const start = bursts[0]?.atMs;
  if (calls > MAX_CALLS || start === undefined) return null;
  const sessions = worst.callers === 'grant' && bursts.some(({ tool }) => countsSessions(policy, tool.caps.tool));
  return {
    version: '1',
    name: nameOf(question),
    start: new Date(start).toISOString(),
    agents: sessions
      ? sessionAgents(Math.floor(MAX_AGENTS / question.grants), question.grants, (index, each) =>
          stepsOf(bursts, index, each),
        )
      : Array.from({ length: question.grants }, (_, index) => ({
          name: `caller-${index + 1}`,
          steps: stepsOf(bursts, 0, 1),
        })),
  };
}

/**
 * A scenario for a number that nothing bounds because sessions are free: as many sessions as a scenario has agents, each
 * doing the most that one may, so that every call passes. `worst` is that of one session. Null where that has no bound
 * either, when no call passes, or when one session each would take more calls than a run may have.
 */
export function worstSessions(worst: WorstCase, question: WorstQuestion): Scenario | null {
  if (!Number.isFinite(numberOf(worst, question))) return null;
  const bursts = question.tool === null ? burstsTogether(worst, question) : burstsOfTool(worst, question);
  const calls = bursts.reduce((sum, burst) => sum + burst.calls, 0);
  const start = bursts[0]?.atMs;
  if (start === undefined) return null;
  const sessions = Math.floor(Math.min(MAX_AGENTS / question.grants, MAX_CALLS / (calls * question.grants)));
  if (sessions === 0) return null;
  return {
    version: '1',
    name: nameOf(question),
    start: new Date(start).toISOString(),
    agents: sessionAgents(sessions, question.grants, () => stepsOf(bursts, 0, 1)),
  };
}

/** An agent for each session of each grant; `stepsAt` gives the steps of one of a grant's `sessions`. */
function sessionAgents(
  sessions: number,
  grants: number,
  stepsAt: (session: number, sessions: number) => Step[],
): Scenario['agents'] {
  return Array.from({ length: sessions * grants }, (_, index) => {
    const session = Math.floor(index / grants);
    return {
      name: `session-${index + 1}`,
      grant: `caller-${(index % grants) + 1}`,
      session: `s${session + 1}`,
      steps: stepsAt(session, sessions),
    };
  });
}

/** The number of the worst case that is asked about, of one caller. */
export function numberOf({ tools, together }: WorstCase, { tool, span, of, sliding }: WorstQuestion): number {
  const most = tool === null ? together[span].calls : tools.find(({ caps }) => caps.tool === tool)?.spans[span][of];
  return (sliding ? most?.sliding : most?.calendar) ?? 0;
}

function nameOf({ tool, span, of, sliding }: WorstQuestion): string {
  return `Most ${of === 'calls' ? 'calls' : 'spent'} in ${sliding ? 'any' : 'a calendar'} ${span}: ${tool ?? 'all tools'}`;
}

/** Whether a tool has limits that each session counts for itself. */
function countsSessions(policy: Policy, tool: string): boolean {
  const limits = [...(policy.tools.get(tool)?.limits ?? []), ...(policy.everyTool?.limits ?? [])];
  return limits.some(({ scope }) => scope === 'session');
}

/** Steps of the agent at `index` of `agents` that share the calls of every burst evenly. */
function stepsOf(bursts: readonly Burst[], index: number, agents: number): Step[] {
  let dealt = 0;
  return bursts.flatMap(({ atMs, tool, calls, value }): Step[] => {
    // why: each burst goes on with the agent after the last one served, so that none counts for two.
    const place = (index + agents - (dealt % agents)) % agents;
    const times = Math.floor(calls / agents) + (place < calls % agents ? 1 : 0);
    dealt += calls;
    if (times === 0) return [];
    const call = { call: tool.caps.tool, args: argsOf(tool, value), ...(times > 1 ? { times } : {}) };
    return [{ waitUntil: new Date(atMs).toISOString() }, call];
  });
}

/** Arguments of a call that spends `value`; the least it can where only calls are counted (null). */
function argsOf({ caps }: ToolWorst, value: number | null): JsonObject {
  return caps.spends === null ? caps.args : withValue(caps.args, caps.spends, value ?? caps.least);
}

function fromOf(spans: ToolWorst['spans'], { span, of, sliding }: WorstQuestion): number {
  const most = spans[span][of];
  return sliding ? most.slidingFromMs : most.calendarFromMs;
}

/** Bursts that reach the number of one tool: the most valuable calls first, each in the first window with room. */
function burstsOfTool(worst: WorstCase, question: WorstQuestion): Burst[] {
  const tool = worst.tools.find(({ caps }) => caps.tool === question.tool);
  if (tool === undefined || !isPassing(tool.caps)) return [];
  const caps = byWindow([...tool.caps.own, ...tool.caps.shared]);
  const lengths = [...caps.keys()].sort((a, b) => a - b);
  const fromMs = fromOf(tool.spans, question);
  const tree = spanTree(lengths, fromMs, fromMs + SPANS[question.span], true);
  const leaves = leavesOf(tree, lengths, caps, []);
  const callValue = question.of === 'value' ? tool.caps.callValue : 0;
  const bursts: Burst[] = [];
  for (const { value, count } of piecesOf(tree, lengths, caps, callValue)) {
    let left = count === Infinity ? SHOWN_UNBOUNDED : count;
    for (const { atMs, rooms } of leaves) {
      const calls = Math.min(left, ...rooms.map((room) => roomFor(room, value)));
      if (calls <= 0) continue;
      for (const room of rooms) {
        room.calls -= calls;
        room.value -= value * calls;
      }
      left -= calls;
      const spent = value === Infinity ? UNBOUNDED_VALUE : value;
      bursts.push({ atMs, tool, calls, value: question.of === 'value' ? spent : null });
    }
  }
  return bursts.sort((a, b) => a.atMs - b.atMs);
}

/** What is left of one window. */
interface Room {
  calls: number;
  value: number;
}

interface Leaf {
  readonly atMs: number;
  readonly rooms: readonly Room[];
}

function roomFor(room: Room, value: number): number {
  return Math.min(room.calls, value === 0 || room.value === Infinity ? Infinity : Math.floor(room.value / value));
}

function leavesOf(node: SpanNode, lengths: readonly number[], caps: CapsByWindow, above: readonly Room[]): Leaf[] {
  const length = lengths[node.level];
  const cap = length === undefined ? undefined : caps.get(length);
  const rooms = cap === undefined ? above : [...above, { calls: cap.calls, value: cap.value }];
  if (node.children.length === 0) return [{ atMs: node.fromMs, rooms }];
  return node.children.flatMap((child) => leavesOf(child, lengths, caps, rooms));
}

/** Bursts that reach the number of all tools together. */
function burstsTogether(worst: WorstCase, question: WorstQuestion): Burst[] {
  const passing = worst.tools.filter(({ caps }) => isPassing(caps));
  const shared = byWindow(passing.flatMap(({ caps }) => caps.shared));
  const tools = passing.map(({ caps, spans }): TogetherTool => {
    const { calendar, sliding } = spans[question.span].calls;
    const most = question.sliding ? sliding : calendar;
    return { own: byWindow(caps.own), most: most === Infinity ? SHOWN_UNBOUNDED : most };
  });
  const { calendarFromMs, slidingFromMs } = worst.together[question.span].calls;
  const span = { fromMs: question.sliding ? slidingFromMs : calendarFromMs, lengthMs: SPANS[question.span] };
  const { placed } = callsTogether(tools, shared, span, true);
  return placed
    .flatMap(({ tool, atMs, calls }): Burst[] => {
      const of = passing[tool];
      return of === undefined ? [] : [{ atMs, tool: of, calls, value: null }];
    })
    .sort((a, b) => a.atMs - b.atMs);
}
