import { AUDIT_LEVELS, type AuditLevel } from '../catalogue/tools.ts';

/** An agent the server knows. Times in ms since the epoch. */
export interface WorldAgent {
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly auditLevel: AuditLevel;
  /** 0 to 100. */
  readonly trustScore: number;
  readonly certifiedAtMs: number;
  readonly expiresAtMs: number;
  readonly killSwitchActive: boolean;
  readonly capabilities: readonly string[];
  readonly maxOpValue: number;
  readonly allowedMcpServers: readonly string[];
  readonly endpoint: string;
  /** Percent of the last 24 hours. */
  readonly uptime: number;
  /** Share of calls that failed in the last hour, 0 to 1. */
  readonly errorRate: number;
  readonly latencyMs: number;
  /** Money spent in the last hour. */
  readonly spendVelocity: number;
}

/**
 * Everything the server remembers. A value: a call that changes something would give a new world, and the server
 * answers from whichever it is handed.
 */
export interface World {
  readonly agents: ReadonlyMap<string, WorldAgent>;
}

const DAY_MS = 86_400_000;
const CAPABILITIES = ['search', 'trade', 'email', 'reconcile', 'translate', 'schedule'];
const OTHER_SERVERS = ['ledger', 'mailroom', 'market-data', 'calendar', 'warehouse'];
const NAMES = [
  'Scout',
  'Broker',
  'Courier',
  'Clerk',
  'Planner',
  'Auditor',
  'Settler',
  'Buyer',
  'Herald',
  'Warden',
  'Archivist',
  'Rogue',
];

/** Largest single operation of an agent of this audit level. */
export const MAX_OP_VALUE: Readonly<Record<AuditLevel, number>> = {
  Bronze: 100,
  Silver: 1000,
  Gold: 10_000,
  Platinum: 100_000,
};

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function createAgent(index: number, startMs: number): WorldAgent {
  const number = index + 1;
  const auditLevel = AUDIT_LEVELS[index % AUDIT_LEVELS.length] ?? 'Bronze';
  const expired = number === 11;
  const certifiedAtMs = startMs - (expired ? 366 : 30 + 10 * index) * DAY_MS;
  return {
    id: `agent-${number}`,
    name: pick(NAMES, index),
    organization: `Example ${pick(['Settlements', 'Logistics', 'Research'], index)}`,
    auditLevel,
    // why: 7 is prime to 12, so every score from 35 to 98 in twelve steps comes once, in no order of the names.
    trustScore: 35 + Math.round((((index * 7) % 12) * 63) / 11),
    certifiedAtMs,
    expiresAtMs: certifiedAtMs + 365 * DAY_MS,
    killSwitchActive: number === 12,
    capabilities: [pick(CAPABILITIES, index), pick(CAPABILITIES, index + 2)],
    maxOpValue: MAX_OP_VALUE[auditLevel],
    allowedMcpServers: ['agntor', pick(OTHER_SERVERS, index), pick(OTHER_SERVERS, index + 1)],
    endpoint: `https://agent-${number}.example/mcp`,
    uptime: 99.9 - index * 0.3,
    errorRate: ((index * 5) % 12) / 100,
    latencyMs: 40 + ((index * 35) % 240),
    spendVelocity: (index * 17) % 100,
  };
}

/**
 * The world at the start of a run (spec: agntor-server): `agent-1` to `agent-12`, the certification of `agent-11`
 * expired a day before `startMs`, the kill switch of `agent-12` thrown, the rest in force for longer than a run can last.
 */
export function createWorld(startMs: number): World {
  const agents = Array.from({ length: 12 }, (_, index) => createAgent(index, startMs));
  return { agents: new Map(agents.map((agent) => [agent.id, agent])) };
}
