import type { JsonObject } from '../json.ts';
import { textOf, textsOf } from './arguments.ts';
import { registeredId } from './registered-id.ts';
import { newAgent, type WorldAgent } from './world.ts';

/** The agent that an accepted `register_agent` call adds: known from then on, at the lowest audit level. */
export function registeredAgent(args: JsonObject, atMs: number): WorldAgent {
  const name = textOf(args, 'name');
  const agent = newAgent(registeredId(name), name, atMs);
  return {
    ...agent,
    organization: textOf(args, 'organization') || agent.organization,
    capabilities: textsOf(args, 'capabilities'),
    endpoint: textOf(args, 'endpoint') || agent.endpoint,
  };
}
