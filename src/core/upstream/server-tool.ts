import type { JsonObject } from '../json.ts';
import type { World, WorldAgent } from './world.ts';

/**
 * One tool of the server, for arguments its input accepts. `refuse`: the text of its error result, or null; cheap, for it
 * decides the status of every forwarded call. `answer`: its result, asked for only when not refused. Both are pure.
 */
export interface ServerTool {
  readonly refuse: (args: JsonObject, world: World) => string | null;
  readonly answer: (args: JsonObject, world: World, atMs: number) => JsonObject;
}

/** Text argument, empty when left out. */
export function textOf(args: JsonObject, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

/** Number argument, undefined when left out. */
export function numberOf(args: JsonObject, name: string): number | undefined {
  const value = args[name];
  return typeof value === 'number' ? value : undefined;
}

/** List-of-texts argument, empty when left out. */
export function textsOf(args: JsonObject, name: string): readonly string[] {
  const value = args[name];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** UTC time as the server writes it. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A tool about one agent, which fails when the agent is not known. */
export function agentTool(
  unknown: (agentId: string) => string,
  answer: (agent: WorldAgent, args: JsonObject, atMs: number) => JsonObject,
): ServerTool {
  return {
    refuse: (args, world) => {
      const agentId = textOf(args, 'agentId');
      return world.agents.has(agentId) ? null : unknown(agentId);
    },
    answer: (args, world, atMs) => {
      const agent = world.agents.get(textOf(args, 'agentId'));
      return agent === undefined ? {} : answer(agent, args, atMs);
    },
  };
}

/** For tools that never fail once their arguments are accepted. */
export function neverRefuses(): null {
  return null;
}
