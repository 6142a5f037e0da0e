import { deflateRawSync } from 'node:zlib';

/** The policy the page opens with, as an object that specs change. */
export const seedPolicy = (max = 30) => ({
  version: '1',
  default: 'deny',
  tools: {
    issue_audit_ticket: {
      limits: [{ counter: 'issue_audit_ticket_rate', window: 'minute', max, scope: 'grant' }],
    },
  },
});

/** Text of a document as the page prints it. */
export const pretty = (document: unknown): string => JSON.stringify(document, null, 2);

/** One agent that calls one tool. */
export const burst = (times: number, over = '4s') => ({
  version: '1',
  name: 'burst',
  start: '2026-01-01T23:59:58.000Z',
  agents: [{ name: 'planner', steps: [{ call: 'issue_audit_ticket', times, over, args: { agentId: 'agent-1' } }] }],
});

/** A run that is still being decided when a hand reaches Cancel, on any machine: every denied call is repeated. */
export const longRun = () => {
  const { agents, ...scenario } = burst(10_000_000, '1h');
  const onDenied = { retry: { max: 5, delay: '20s', factor: 2 } };
  return { ...scenario, agents: agents.map((agent) => ({ ...agent, onDenied })) };
};

/** Payload of a link as the format has it: minified JSON, deflate-raw, base64url without padding. */
export function payload(document: unknown): string {
  return pack(JSON.stringify(document));
}

/** Any text packed as a link packs JSON. */
export function pack(text: string): string {
  return deflateRawSync(Buffer.from(text)).toString('base64url');
}

/** Fragment that opens a policy and a scenario. */
export function fragment(policy: unknown, scenario: unknown): string {
  const text = typeof policy === 'string' ? policy : pretty(policy);
  return `#v1.${payload({ v: 1, engine: '0.1.0', policy: { dialect: 'policylayer', text }, scenario })}`;
}
