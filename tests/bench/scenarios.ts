import { policyText } from './workload.ts';

const TOOLS = [
  'create_escrow',
  'issue_audit_ticket',
  'get_agent_card',
  'get_trust_score',
  'verify_agent_identity',
  'query_agents',
];

/** Two limits and one condition on a number for each of a few tools of the server. */
export const BENCH_POLICY = policyText().replaceAll(/tool_(\d+)/g, (name, number) => TOOLS[Number(number)] ?? name);

/** Eight agents that make `calls` calls together, a call a millisecond; a tenth of the amounts is above the limit. */
export function benchScenario(calls: number, name = 'bench'): object {
  const agents = Array.from({ length: 8 }, (_, agent) => ({
    name: `agent-${agent}`,
    steps: [
      {
        call: TOOLS[agent % TOOLS.length],
        times: calls / 8,
        every: '8ms',
        args: { agentId: 'agent-1', target: 'agent-2', task: 't', amount: '{{i % 1000}}' },
      },
    ],
  }));
  return { version: '1', name, start: '2026-01-01T00:00:00Z', agents };
}
