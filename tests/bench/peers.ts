import { setFlagsFromString } from 'node:v8';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { CallPlan } from '../../src/core/simulator/columns.ts';
import { GRANTS, grantNames, MAX_AMOUNT, TOOLS, toolNames } from './workload.ts';

// why: V8 11.3 (Node 20) ends the process when it gives up optimized code that calls WebAssembly inline, as Cedar's does.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

/** Decides the first `count` calls of a plan; how many were allowed. */
export type Peer = (plan: CallPlan, count: number) => Promise<number>;

/** One call as the peers ask about it, strings and all. */
function requestOf({ calls, table }: CallPlan, i: number): { grant: string; tool: string; amount: number } {
  const { amount } = table.argsAt(calls.args[i]!);
  return { grant: grantNames[calls.caller[i]!]!, tool: toolNames[calls.tool[i]!]!, amount: Number(amount) };
}

/** Two limits a call, awaited as a server would; three quarters of the calls fit. Real time stands in for virtual. */
export const rateLimiterFlexible: Peer = async ({ calls }, count) => {
  const points = Math.ceil((0.75 * count) / (TOOLS * GRANTS));
  const minute = new RateLimiterMemory({ points, duration: 60 });
  const hour = new RateLimiterMemory({ points: 60 * points, duration: 3600 });
  const keys = Array.from(
    { length: TOOLS * GRANTS },
    (_, i) => `${toolNames[i % TOOLS]!}:${grantNames[Math.floor(i / TOOLS)]!}`,
  );
  let allowed = 0;
  for (let i = 0; i < count; i++) {
    const key = keys[calls.caller[i]! * TOOLS + calls.tool[i]!]!;
    try {
      await minute.consume(key);
      await hour.consume(key);
      allowed++;
    } catch {
      // why: that is how it says that a limit is reached.
    }
  }
  return allowed;
};

const CASBIN_MODEL = `
[request_definition]
r = grant, tool, amount
[policy_definition]
p = tool, most
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.tool == p.tool && r.amount <= p.most
`;

/** One condition on a number for each tool; no limits, which casbin does not have. */
export async function makeCasbin(): Promise<Peer> {
  const lines = toolNames.map((tool) => `p, ${tool}, ${MAX_AMOUNT}`).join('\n');
  const enforcer = await newEnforcer(newModelFromString(CASBIN_MODEL), new StringAdapter(lines));
  return async (plan, count) => {
    let allowed = 0;
    for (let i = 0; i < count; i++) {
      const { grant, tool, amount } = requestOf(plan, i);
      if (enforcer.enforceSync(grant, tool, amount)) allowed++;
    }
    return allowed;
  };
}

/** One condition on a number for each tool; no limits, which Cedar does not have. The policies are parsed once. */
export function makeCedar(): Peer {
  const policies = toolNames
    .map((tool) => `permit(principal, action == Action::"${tool}", resource) when { context.amount <= ${MAX_AMOUNT} };`)
    .join('\n');
  const parsed = preparsePolicySet('bench', { staticPolicies: policies });
  if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors));
  const resource = { type: 'Server', id: 'agntor' };
  return async (plan, count) => {
    let allowed = 0;
    for (let i = 0; i < count; i++) {
      const { grant, tool, amount } = requestOf(plan, i);
      const answer = statefulIsAuthorized({
        principal: { type: 'Grant', id: grant },
        action: { type: 'Action', id: tool },
        resource,
        context: { amount },
        preparsedPolicySetId: 'bench',
        entities: [],
      });
      if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
      if (answer.response.decision === 'allow') allowed++;
    }
    return allowed;
  };
}
