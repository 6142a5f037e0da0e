import type { WindowMode } from '../../../src/core/engine/decision.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { type CallPlan, UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import type { Dice } from '../dice.ts';
import { ODD_NAMES, ODD_VALUES } from '../odd.ts';
import { must } from '../target.ts';

const CALLS = 8;
const START_MS = Date.UTC(2026, 0, 1, 23, 59, 58);
const OUTCOMES = ['allow', 'deny', 'approval'];

function argumentsOf(dice: Dice): JsonObject {
  const names = ['amount', 'agentId', 'target', dice.pick(ODD_NAMES)];
  return Object.fromEntries(names.map((name) => [name, dice.pick(ODD_VALUES)]));
}

function planOf(policy: Policy, dice: Dice): CallPlan {
  const tools = [...policy.tools.keys(), 'guard_tool', '__proto__', ''].slice(0, 100);
  const args = Array.from({ length: CALLS }, () => argumentsOf(dice));
  const callers = [
    { grant: 'g', session: 's' },
    { grant: '__proto__', session: '' },
  ];
  return {
    calls: {
      count: CALLS,
      atMs: Float64Array.from(args, (_, call) => START_MS + call * 700),
      caller: Uint16Array.from(args, () => dice.below(callers.length)),
      tool: Uint16Array.from(args, () => dice.below(tools.length)),
      args: Uint32Array.from(args, (_, call) => call),
      upstream: Uint8Array.from(args, () => dice.pick([0, UPSTREAM_CODE.ok, UPSTREAM_CODE.timeout])),
      latencyMs: Uint32Array.from(args, () => dice.pick([0, 5, 90_000])),
    },
    table: { callers, tools, argsCount: args.length, argsAt: (id) => args[id] ?? {} },
    reactions: callers.map(() => null),
    approvals: { mode: 'ignore', afterMs: 0 },
  };
}

/** Decides a few calls of a policy: each gets an outcome, and a refusal names its rule and says why. */
export function mustDecide(policy: Policy, dice: Dice): void {
  const windows: WindowMode = dice.pick(['calendar', 'sliding', 'anchored']);
  const simulation = createSimulation(policy, planOf(policy, dice), { windows, answer: () => UPSTREAM_CODE.ok });
  must(simulation.advance(CALLS), 'calls are left over');
  const again = replay(simulation.finish(false), 0);
  for (let call = 0; call < CALLS; call++) {
    const { outcome, rule, message } = again.decide(call);
    must(OUTCOMES.includes(outcome), `outcome ${outcome}`);
    must((outcome === 'allow') === (rule === ''), `rule ${JSON.stringify(rule)} of ${outcome}`);
    must(outcome === 'allow' || message !== '', `${rule} says nothing`);
  }
}
