import type { Scenario } from '../../../src/core/scenario/model.ts';
import type { LinkContent, ScenarioReader } from '../../../src/share/schema.ts';

const POLICY = JSON.stringify(
  {
    version: '1',
    default: 'deny',
    tools: { issue_audit_ticket: { limits: [{ counter: 'c', window: 'minute', max: 30 }] } },
  },
  null,
  2,
);

const SCENARIO: Scenario = {
  version: '1',
  name: 'Runaway ticket loop',
  start: '2026-01-01T23:59:58.000Z',
  seed: 42,
  agents: [
    {
      name: 'planner',
      steps: [{ call: 'issue_audit_ticket', times: 100, over: '4s', args: { agentId: 'agent-{{i % 5}}' } }],
    },
  ],
};

/** The least a link holds, and one with every field. */
export const SMALL: LinkContent = { policy: { dialect: 'policylayer', text: POLICY }, scenario: SCENARIO };
export const FULL: LinkContent = {
  title: 'Boundary burst, “two windows” – 60 of 100',
  policy: { dialect: 'policylayer', text: POLICY },
  compare: { dialect: 'intercept', text: 'version: "1"\ndefault: deny\n' },
  scenario: SCENARIO,
  windows: 'sliding',
  view: { tab: 'audit-log', call: 31, atMs: 1_767_311_998_120.5, lines: [4, 9] },
};

function hasAgents(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'agents');
}

/** JSON text as a scenario of whatever content, member names of the language included. */
export function scenarioOf(text: string): Scenario {
  const value: unknown = JSON.parse(text);
  if (!hasAgents(value)) throw new Error(`no agents in ${text}`);
  return value;
}

/** Takes any object with agents: what a scenario may hold is tested with the scenario's own check. */
export const anyScenario: ScenarioReader = (value) =>
  hasAgents(value) ? { ok: true, scenario: value } : { ok: false, message: 'agents are missing' };
