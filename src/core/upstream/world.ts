import { AUDIT_LEVELS, type AuditLevel } from '../catalogue/tools.ts';
import { instantMs } from '../scenario/instant.ts';
import type { Scenario, WorldAgentEdit, WorldEdits } from '../scenario/model.ts';
import { DEFAULT_ROSTER, rosterOf } from './roster.ts';
import type { KnownAgents } from './status.ts';

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

/** What the server answers from. A living one changes with the calls that are answered. */
export interface World {
  /** By id: those of the start, then those registered since. */
  readonly agents: ReadonlyMap<string, WorldAgent>;
  readonly names: ReadonlySet<string>;
  /** Escrows created so far. */
  readonly escrows: number;
}

const DAY_MS = 86_400_000;
/** How long a certification lasts. */
const CERTIFIED_MS = 365 * DAY_MS;
const CAPABILITIES = ['search', 'trade', 'email', 'reconcile', 'translate', 'schedule'];
const OTHER_SERVERS = ['ledger', 'mailroom', 'market-data', 'calendar', 'warehouse'];

/** Largest single operation of an agent of this audit level. */
const MAX_OP_VALUE: Readonly<Record<AuditLevel, number>> = {
  Bronze: 100,
  Silver: 1000,
  Gold: 10_000,
  Platinum: 100_000,
};

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function createDefault(index: number, id: string, name: string, startMs: number): WorldAgent {
  const number = index + 1;
  const auditLevel = AUDIT_LEVELS[index % AUDIT_LEVELS.length] ?? 'Bronze';
  const expired = number === 11;
  const certifiedAtMs = startMs - (expired ? 366 : 30 + 10 * index) * DAY_MS;
  return {
    id,
    name,
    organization: `Example ${pick(['Settlements', 'Logistics', 'Research'], index)}`,
    auditLevel,
    // why: 7 is prime to 12, so every score from 35 to 98 in twelve steps comes once, in no order of the names.
    trustScore: 35 + Math.round((((index * 7) % 12) * 63) / 11),
    certifiedAtMs,
    expiresAtMs: certifiedAtMs + CERTIFIED_MS,
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

/** An agent of the lowest audit level, certified for a year from `certifiedAtMs` on, that has done nothing yet. */
export function newAgent(id: string, name: string, certifiedAtMs: number): WorldAgent {
  return {
    id,
    name,
    organization: 'Unknown',
    auditLevel: 'Bronze',
    trustScore: 35,
    certifiedAtMs,
    expiresAtMs: certifiedAtMs + CERTIFIED_MS,
    killSwitchActive: false,
    capabilities: [],
    maxOpValue: MAX_OP_VALUE.Bronze,
    allowedMcpServers: ['agntor'],
    endpoint: `https://agents.example/${id}/mcp`,
    uptime: 100,
    errorRate: 0,
    latencyMs: 50,
    spendVelocity: 0,
  };
}

/** An agent as a scenario changes it. A new audit level brings its own largest operation, unless that is given too. */
function edited(agent: WorldAgent, edit: WorldAgentEdit): WorldAgent {
  const auditLevel = edit.auditLevel ?? agent.auditLevel;
  const usual = auditLevel === agent.auditLevel ? agent.maxOpValue : MAX_OP_VALUE[auditLevel];
  return {
    ...agent,
    auditLevel,
    organization: edit.organization ?? agent.organization,
    trustScore: edit.trustScore ?? agent.trustScore,
    expiresAtMs: edit.expiresAt === undefined ? agent.expiresAtMs : instantMs(edit.expiresAt),
    capabilities: edit.capabilities ?? agent.capabilities,
    maxOpValue: edit.maxOpValue ?? usual,
    allowedMcpServers: edit.allowedServers ?? agent.allowedMcpServers,
  };
}

/**
 * The world at the start of a run (docs: scenario.md#the-servers-world): `agent-1` to `agent-12`, the certification of
 * `agent-11` expired a day before `startMs`, the kill switch of `agent-12` thrown, the rest in force for longer than a
 * run can last; with what a scenario edits. Names, kill switches and the order are those of `rosterOf`.
 */
export function createWorld(startMs: number, edits?: WorldEdits): World {
  const defaults = new Map(DEFAULT_ROSTER.map(({ id }, index) => [id, index]));
  const edit = new Map((edits?.agents ?? []).map((agent) => [agent.id, agent]));
  const agents = rosterOf(edits).map(({ id, name, killSwitchActive }): WorldAgent => {
    const index = defaults.get(id);
    const removed = edits?.remove?.includes(id) === true;
    const agent =
      index === undefined || removed
        ? newAgent(id, name, startMs - 30 * DAY_MS)
        : createDefault(index, id, name, startMs);
    return { ...edited(agent, edit.get(id) ?? { id }), name, killSwitchActive };
  });
  return {
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    names: new Set(agents.map(({ name }) => name)),
    escrows: 0,
  };
}

/** Who a world knows, as it is when asked. */
export function knownIn(world: World): KnownAgents {
  return {
    has: (agentId) => world.agents.has(agentId),
    isNameTaken: (name) => world.names.has(name),
  };
}

/** The world that the calls of a scenario meet first. */
export function worldOf({ start, world }: Pick<Scenario, 'start' | 'world'>): World {
  return createWorld(instantMs(start), world);
}
