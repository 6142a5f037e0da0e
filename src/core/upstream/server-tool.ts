import type { JsonObject } from '../json.ts';
import { textOf } from './arguments.ts';
import type { World, WorldAgent } from './world.ts';

/**
 * What one tool of the server says, for arguments its input accepts. `refusal`: the text of its error result, asked for
 * only when `statusOf` says that it is one. `answer`: its result, asked for only when not. Both are pure.
 */
export interface ServerTool {
  readonly refusal: (args: JsonObject) => string;
  readonly answer: (args: JsonObject, world: World, atMs: number) => JsonObject;
}

/** UTC time as the server writes it. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A tool about one agent, which fails when the agent is not known. */
export function agentTool(
  unknown: (agentId: string) => string,
  answer: (agent: WorldAgent, args: JsonObject, atMs: number, world: World) => JsonObject,
): ServerTool {
  return {
    refusal: (args) => unknown(textOf(args, 'agentId')),
    answer: (args, world, atMs) => {
      const agent = world.agents.get(textOf(args, 'agentId'));
      return agent === undefined ? {} : answer(agent, args, atMs, world);
    },
  };
}

/** The `refusal` of tools that never fail once their arguments are accepted. */
export function neverRefuses(): string {
  return '';
}
