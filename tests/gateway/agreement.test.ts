import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/core/catalogue/examples.ts';
import { explainCall } from '../../src/core/simulator/explain.ts';
import { GatewaySession } from './gateway-session.ts';
import { replay } from '../../src/core/simulator/replay.ts';
import { STATUS_NAMES } from '../../src/core/simulator/run.ts';
import { WorldReplay } from '../../src/core/simulator/world-replay.ts';
import { createServer } from '../../src/core/upstream/server.ts';
import { worldOf } from '../../src/core/upstream/world.ts';
import { readAny, runOf } from '../unit/catalogue/gallery-runs.ts';

/** Calls of each run that are looked at. */
const MOST_CALLS = 400;

const entries = EXAMPLES.filter(({ policyText }) => readAny(policyText).policy !== null);

describe('a gateway that is asked call by call', () => {
  it.each(entries)('decides and answers $name as the run does', (example) => {
    const run = runOf(example);
    const { columns, table, plan, policy } = run;
    const gateway = new GatewaySession(policy, worldOf(example.scenario), {
      windows: example.windows,
      approvals: plan.approvals,
    });
    const again = replay(run, 0);
    const world = new WorldReplay(run, worldOf(example.scenario));
    const context = { server: createServer(world.world), locate: () => null };
    for (let call = 0; call < Math.min(MOST_CALLS, columns.count); call++) {
      world.advanceTo(call);
      const shown = explainCall(run, call, again, context);
      const reply = gateway.answer(call + 1, {
        atMs: columns.atMs[call]!,
        ...table.callers[columns.caller[call]!]!,
        tool: table.tools[columns.tool[call]!]!,
        args: table.argsAt(columns.args[call]!),
        upstream: STATUS_NAMES[columns.status[call]!] ?? 'auto',
        latencyMs: columns.latencyMs[call]!,
      });
      expect(reply.decision).toEqual(shown.decision);
      expect(reply.answer).toEqual({ text: shown.agentText, message: shown.agentMessage });
      expect(reply.status).toBe(shown.upstream?.status ?? null);
    }
  });
});
