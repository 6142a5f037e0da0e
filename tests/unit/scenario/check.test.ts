import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { acceptScenario } from '../../../src/core/scenario/accept.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { SCENARIO_CODES } from '../../../src/core/scenario/codes.ts';
import { SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import { scenarioOf } from './scenario-documents.ts';

const FOLDER = new URL('../../cases/scenario/', import.meta.url);

/** A document given whole, as the steps of one agent, as text (for what JSON.parse alone makes), or by a builder. */
interface Case {
  readonly scenario?: unknown;
  readonly steps?: readonly unknown[];
  readonly text?: string;
  readonly build?: keyof typeof BUILDERS;
  readonly pointer: string;
  readonly message: string;
}
interface CaseFile {
  readonly code: string;
  readonly cases: readonly Case[];
}

const ROOT = { version: '1', start: '2026-01-01T00:00:00Z' };

function nested(times: number, wrap: (inner: unknown) => unknown, core: unknown): unknown {
  let value = core;
  for (let i = 0; i < times; i++) value = wrap(value);
  return value;
}

const oneAgent = (steps: readonly unknown[]): unknown => ({ ...ROOT, agents: [{ name: 'planner', steps }] });

const BUILDERS = {
  undefined: () => ({ ...ROOT, name: undefined, agents: [] }),
  'long-name': () => ({ ...ROOT, name: 'x'.repeat(1_048_576), agents: [] }),
  'deep-repeats': () => oneAgent([nested(9, (inner) => ({ repeat: 1, steps: [inner] }), { call: 'get_agent_card' })]),
  bottomless: () => ({ ...ROOT, agents: nested(100_000, (inner) => [inner], 1) }),
  '65-agents': () => ({ ...ROOT, agents: Array.from({ length: 65 }, () => ({ name: 'a', steps: [] })) }),
  '65536-tools': () => oneAgent(Array.from({ length: 65_536 }, (_, i) => ({ call: i.toString(36) }))),
};

function documentOf({ scenario, steps, text, build }: Case): unknown {
  if (build !== undefined) return BUILDERS[build]();
  if (text !== undefined) return JSON.parse(text);
  return steps === undefined ? scenario : oneAgent(steps);
}

const files = readdirSync(FOLDER).map((name) => {
  const file = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as CaseFile;
  return { name, ...file };
});

test('each code has a case file of its name, and there are no others', () => {
  expect(files.map(({ code }) => code).toSorted()).toEqual(Object.keys(SCENARIO_CODES).toSorted());
  expect(files.map(({ name }) => name)).toEqual(files.map(({ code }) => `${code}.json`));
});

describe.each(files)('$code', ({ code, cases }) => {
  test.each(cases.map((entry, index) => ({ index, entry })))('case $index: $entry.message', ({ entry }) => {
    const { ok, diagnostics } = checkScenario(documentOf(entry));
    expect(acceptScenario(documentOf(entry)) !== null).toBe(ok);
    const severity = Object.entries(SCENARIO_CODES).find(([known]) => known === code)?.[1];
    const { pointer, message } = entry;
    expect(diagnostics).toEqual([{ code, severity, message, pointer, range: { start: 0, end: 0 } }]);
    expect(ok).toBe(severity !== 'error');
  });
});

test('the seed scenario passes without a warning', () => {
  expect(checkScenario(SEED_SCENARIO)).toEqual({ ok: true, scenario: SEED_SCENARIO, diagnostics: [] });
});

test('every field of the document is accepted', () => {
  const scenario = {
    ...ROOT,
    name: 'all',
    seed: -42,
    world: {
      agents: [
        {
          id: 'agent-13',
          name: 'Thirteenth',
          organization: 'Example',
          auditLevel: 'Gold',
          trustScore: 0,
          expiresAt: '2026-01-01T00:00:00Z',
          killSwitch: true,
          maxOpValue: 0.5,
          capabilities: ['trade'],
          allowedServers: [],
        },
      ],
      remove: ['agent-12'],
    },
    agents: [
      {
        name: 'planner',
        grant: 'g',
        session: 's2',
        onDenied: { retry: { max: 5, delay: '1s', factor: 2, respectRetryAt: true } },
        onApproval: { retryAfter: '30s' },
        steps: [
          {
            call: 'issue_audit_ticket',
            times: 100,
            ratePerMinute: 90,
            jitter: 0.2,
            args: { agentId: 'agent-{{i % 5}}', validitySeconds: { $pick: [60, 300, 3600] } },
            upstream: { failures: 0.1, kind: 'timeout', latency: ['20ms', '200ms'] },
          },
          { wait: '10s' },
          { waitUntil: '2026-01-02T00:00:00.000Z' },
          { repeat: 20, steps: [{ call: 'get_agent_card', args: { agentId: { $seq: ['agent-1', 'agent-2'] } } }] },
        ],
      },
    ],
    approvals: { mode: 'approve', after: '20s' },
    expect: [
      { that: 'count', where: { tool: 't', grant: 'g', outcome: 'deny', rule: 'r' }, within: '60s', atMost: 30 },
      { that: 'decision', call: 31, is: 'deny', rule: 'r' },
    ],
  };
  expect(checkScenario(scenario)).toEqual({ ok: true, scenario, diagnostics: [] });
});

test('every error of the shape is reported, not the first', () => {
  const steps = [{ call: 'a', times: 0 }, { wait: 'x' }, { repeat: 2, steps: [{ call: 1 }] }];
  const { diagnostics } = checkScenario({ version: '1', start: 'x', agents: [{ name: 'a', steps }] });
  expect(diagnostics.map(({ pointer }) => pointer)).toEqual([
    '/start',
    '/agents/0/steps/0/times',
    '/agents/0/steps/1/wait',
    '/agents/0/steps/2/steps/0/call',
  ]);
});

test.each([
  ['10,000,000 calls', [{ call: 'x', times: 10_000_000 }]],
  ['31 days', [{ wait: '31d' }]],
  ['31 days by a date', [{ waitUntil: '2026-02-01T00:00:00.000Z' }]],
  ['repeats 8 deep', [nested(8, (inner) => ({ repeat: 1, steps: [inner] }), { call: 'x' })]],
  ['arguments 8 deep', [{ call: 'guard_tool', args: { tool: 't', args: nested(7, (inner) => [inner], 1) } }]],
])('%s are accepted', (_words, steps) => {
  expect(checkScenario(oneAgent(steps)).ok).toBe(true);
});

test('64 agents and nearly 1 MiB are accepted', () => {
  const agents = Array.from({ length: 64 }, () => ({ name: 'a', steps: [] }));
  expect(checkScenario({ ...ROOT, agents }).ok).toBe(true);
  expect(checkScenario({ ...ROOT, name: 'x'.repeat(1_048_500), agents: [] }).ok).toBe(true);
});

test.each([null, undefined, 5, 'text', [], () => 1, new Date(0), new Map()])('%o is refused', (value) => {
  expect(checkScenario(value).ok).toBe(false);
});

test('a ring is refused as too large or too deep', () => {
  const ring: unknown[] = [];
  ring.push(ring);
  expect(checkScenario({ ...ROOT, agents: ring }).diagnostics.map(({ code }) => code)).toEqual(['too-deep']);
});

test('arguments with the keys of prototypes are kept as they are', () => {
  const args = JSON.parse('{"tool":"t","args":{"__proto__":{"a":"{{i"},"constructor":1}}') as Record<string, string>;
  const { diagnostics } = checkScenario(scenarioOf([{ call: 'guard_tool', args }]));
  expect(diagnostics.map(({ pointer }) => pointer)).toEqual(['/agents/0/steps/0/args/args/__proto__/a']);
});
