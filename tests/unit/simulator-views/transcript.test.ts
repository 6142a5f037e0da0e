import {
  CallToolRequestSchema,
  CallToolResultSchema,
  isJSONRPCErrorResponse,
  isJSONRPCResultResponse,
  JSONRPCMessageSchema,
  ListToolsResultSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { toolListing } from '../../../src/core/catalogue/tool-listing.ts';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import { toolEffects } from '../../../src/core/policy/effect.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import { agentsOf, callerPass, type Exchange, readExchange } from '../../../src/core/simulator/transcript.ts';
import { WorldReplay } from '../../../src/core/simulator/world-replay.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { worldOf } from '../../../src/core/upstream/world.ts';
import { readAny, runOf } from '../catalogue/gallery-runs.ts';

const entries = EXAMPLES.filter(({ policyText }) => readAny(policyText).policy !== null);

/** Every exchange of an entry's run. */
function exchangesOf(example: (typeof EXAMPLES)[number]): Exchange[] {
  const run = runOf(example);
  const again = replay(run, 0);
  const world = new WorldReplay(run, worldOf(example.scenario));
  const server = createServer(world.world);
  return Array.from({ length: run.columns.count }, (_, call) => {
    world.advanceTo(call);
    return readExchange(run, call, again, server);
  });
}

describe('every message of the gallery is one that MCP knows', () => {
  it.each(entries)('$name', (example) => {
    const prefix = example.dialect === 'intercept' ? '[INTERCEPT POLICY DENIED] ' : '[POLICY DENIED] ';
    for (const { call, request, answer, outcome, text } of exchangesOf(example)) {
      expect(JSONRPCMessageSchema.parse(request)).toEqual(request);
      expect(CallToolRequestSchema.safeParse(request).success).toBe(true);
      const message = JSONRPCMessageSchema.parse(answer);
      expect(message).toEqual(answer);
      expect(message).toHaveProperty('id', call + 1);
      expect(isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)).toBe(true);
      if (isJSONRPCResultResponse(message)) expect(CallToolResultSchema.parse(message.result)).toEqual(message.result);
      if (outcome === 'allow') continue;
      expect(text.startsWith(prefix)).toBe(true);
      expect(message).toHaveProperty('result', { content: [{ type: 'text', text }], isError: true });
    }
  });

  it.each(entries)('tools/list under $name', ({ policyText }) => {
    const { policy } = readAny(policyText);
    const effects = policy === null ? [] : toolEffects(policy, TOOL_NAMES);
    const hidden = new Set(effects.filter(({ state }) => state === 'hidden').map(({ tool }) => tool));
    const listing = toolListing((tool) => hidden.has(tool));
    expect(ListToolsResultSchema.parse(listing)).toEqual(listing);
    expect(ListToolsResultSchema.parse(listing).tools).toHaveLength(TOOL_NAMES.length - hidden.size);
  });
});

describe('agents of a run', () => {
  const example = EXAMPLES[0];
  const run = runOf(example);

  it('have the names of the scenario, and their own calls', () => {
    const calls = run.table.callers.map((_, caller) => complete(callerPass(run, caller), run.columns.count));
    const agents = agentsOf(run, example.scenario, (caller) => calls[caller]?.length ?? 0);
    expect(agents).toEqual([
      { name: 'planner', grant: 'planner', session: 's1', calls: 113 },
      { name: 'settler', grant: 'settler', session: 's1', calls: 20 },
    ]);
    expect(calls.flatMap((list) => [...list]).sort((a, b) => a - b)).toEqual([...Array(133).keys()]);
  });

  it('have none when others made the calls', () => {
    const others = { ...example.scenario, agents: example.scenario.agents.slice(0, 1) };
    expect(agentsOf(run, others, () => 0).map(({ name }) => name)).toEqual(['', '']);
  });
});
