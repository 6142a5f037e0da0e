import { expose } from 'comlink';
import type {
  EngineApi,
  Explanation,
  LogFilter,
  LogPage,
  RunSummary,
  Timeline,
  TimelineRequest,
} from '../../../workers/engine-api.ts';
import { OUTCOME_CODE, OUTCOME_NAMES } from '../../../src/core/simulator/columns.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);
const MIDNIGHT = START + 2000;
const RULE = '/tools/issue_audit_ticket/limits/issue_audit_ticket_rate';
const TICKETS = 'issue_audit_ticket';

/** One call of the made-up run. */
export interface FixtureCall {
  readonly atMs: number;
  readonly grant: string;
  readonly tool: string;
  readonly outcome: number;
  readonly rule: string;
}

/** Forty tickets on each side of midnight for `planner`, thirty of each allowed, then one denied call of another tool. */
export function boundaryBurst(): FixtureCall[] {
  const calls: FixtureCall[] = [];
  for (let i = 0; i < 100; i++) {
    const atMs = START + i * 40;
    const inWindow = atMs < MIDNIGHT ? i : i - 50;
    const outcome = inWindow < 30 ? OUTCOME_CODE.allow : OUTCOME_CODE.deny;
    calls.push({ atMs, grant: 'planner', tool: TICKETS, outcome, rule: outcome === OUTCOME_CODE.allow ? '' : RULE });
  }
  for (let i = 0; i < 10; i++) {
    calls.push({
      atMs: START + i * 400,
      grant: 'settler',
      tool: 'create_escrow',
      outcome: OUTCOME_CODE.deny,
      rule: '(default deny)',
    });
  }
  return calls.sort((a, b) => a.atMs - b.atMs);
}

/** A run of any length whose calls follow from their number, one a millisecond; every third is denied. */
export function longRun(count: number): FixtureCall[] {
  return Array.from({ length: count }, (_, i) => ({
    atMs: START + i,
    grant: 'planner',
    tool: TICKETS,
    outcome: i % 3 === 2 ? OUTCOME_CODE.deny : OUTCOME_CODE.allow,
    rule: i % 3 === 2 ? RULE : '',
  }));
}

function passes(call: FixtureCall, filter: LogFilter): boolean {
  const outcome = OUTCOME_NAMES[call.outcome] ?? 'allow';
  const text = filter.text.toLowerCase();
  return (
    (filter.outcomes.length === 0 || filter.outcomes.includes(outcome)) &&
    (filter.tools.length === 0 || filter.tools.includes(call.tool)) &&
    (filter.grants.length === 0 || filter.grants.includes(call.grant)) &&
    (filter.rules.length === 0 || filter.rules.includes(call.rule)) &&
    `${call.tool}\n${call.grant}\n${call.rule}`.toLowerCase().includes(text)
  );
}

function countsOf(calls: readonly FixtureCall[]) {
  const count = (code: number): number => calls.filter(({ outcome }) => outcome === code).length;
  return { calls: calls.length, allowed: count(0), denied: count(1), approvals: count(2), hidden: count(3) };
}

function group(calls: readonly FixtureCall[], key: 'tool' | 'grant' | 'rule'): [string, FixtureCall[]][] {
  const names = [...new Set(calls.map((call) => call[key]))];
  return names.map((name) => [name, calls.filter((call) => call[key] === name)]);
}

function rulesOf(calls: readonly FixtureCall[]) {
  return group(
    calls.filter(({ rule }) => rule !== ''),
    'rule',
  ).map(([rule, own]) => ({
    rule,
    pointer: rule === RULE ? '/tools/issue_audit_ticket/limits/0' : '/default',
    calls: own.length,
  }));
}

/** What the worker would say about these calls as a whole. */
export function summaryOf(calls: readonly FixtureCall[], runId: number): RunSummary {
  return {
    ...countsOf(calls),
    runId,
    partial: false,
    plannedCalls: calls.length,
    firstMs: calls[0]?.atMs ?? 0,
    lastMs: calls.at(-1)?.atMs ?? 0,
    digest: 'fixture',
    tools: group(calls, 'tool').map(([tool, own]) => ({
      ...countsOf(own),
      tool,
      grants: group(own, 'grant').map(([grant]) => grant),
      rules: rulesOf(own),
    })),
    grants: group(calls, 'grant').map(([grant, own]) => ({ ...countsOf(own), grant })),
    rules: rulesOf(calls).map((rule) => ({ ...rule, outcome: 'deny' })),
    counters: [MIDNIGHT - 60_000, MIDNIGHT].map((windowStartMs) => ({
      counter: 'issue_audit_ticket_rate',
      rule: RULE,
      pointer: '/tools/issue_audit_ticket/limits/0',
      owner: 'planner',
      windowStartMs,
      windowEndMs: windowStartMs + 60_000,
      used: 30,
      max: 30,
      denied: 20,
    })),
    moreCounters: 0,
    findings: [
      {
        code: 'boundary-burst',
        severity: 'warning',
        title: 'Boundary burst',
        detail: '60 of 100 calls in 3.96 s pass a limit of 30 a minute.',
        pointer: '/tools/issue_audit_ticket/limits/0',
        fromMs: START,
        toMs: START + 3960,
      },
    ],
    tickets: 60,
    decideMs: 0.4,
  };
}

function timelineOf(calls: readonly FixtureCall[], { fromMs, toMs, bins }: TimelineRequest): Timeline {
  const inView = calls.flatMap((call, index) => (call.atMs >= fromMs && call.atMs <= toMs ? [{ ...call, index }] : []));
  const lanes = group(calls, 'tool').map(([tool, all]) => {
    const own = inView.filter((call) => call.tool === tool);
    const counts = new Uint32Array(4 * bins);
    for (const { atMs, outcome } of own) {
      const bin = Math.min(bins - 1, Math.floor(((atMs - fromMs) / (toMs - fromMs)) * bins));
      counts[outcome * bins + bin] = (counts[outcome * bins + bin] ?? 0) + 1;
    }
    const marks = {
      call: Uint32Array.from(own, ({ index }) => index),
      atMs: Float64Array.from(own, ({ atMs }) => atMs),
      outcome: Uint8Array.from(own, ({ outcome }) => outcome),
    };
    const grants = group(all, 'grant').map(([grant]) => grant);
    return { tool, grants, calls: all.length, counts, marks: inView.length > 2000 ? null : marks };
  });
  const used = calls.filter(({ tool, outcome }) => tool === TICKETS && outcome === 0).slice(0, 60);
  return {
    fromMs,
    toMs,
    bins,
    lanes,
    counters: [
      {
        counter: 'issue_audit_ticket_rate',
        rule: RULE,
        pointer: '/tools/issue_audit_ticket/limits/0',
        owner: 'planner',
        tool: TICKETS,
        max: 30,
        windowMs: 60_000,
        atMs: Float64Array.from([
          ...used.slice(0, 30).map(({ atMs }) => atMs),
          MIDNIGHT,
          ...used.slice(30).map(({ atMs }) => atMs),
        ]),
        used: Float64Array.from([...used.slice(0, 30).map((_, i) => i + 1), 0, ...used.slice(30).map((_, i) => i + 1)]),
      },
    ],
    boundaries: fromMs <= MIDNIGHT && MIDNIGHT <= toMs ? [{ atMs: MIDNIGHT, starts: ['minute', 'hour', 'day'] }] : [],
  };
}

function pageOf(calls: readonly FixtureCall[], filter: LogFilter, from: number, count: number): LogPage {
  const all = calls.map((call, index) => ({ ...call, index })).filter((call) => passes(call, filter));
  const rows = all.slice(from, from + count);
  const tables = {
    tools: [...new Set(rows.map((r) => r.tool))],
    grants: [...new Set(rows.map((r) => r.grant))],
    sessions: ['s1'],
    rules: [...new Set(rows.map((r) => r.rule))],
  };
  return {
    total: all.length,
    from,
    call: Uint32Array.from(rows, ({ index }) => index),
    atMs: Float64Array.from(rows, ({ atMs }) => atMs),
    outcome: Uint8Array.from(rows, ({ outcome }) => outcome),
    tool: Uint16Array.from(rows, ({ tool }) => tables.tools.indexOf(tool)),
    grant: Uint16Array.from(rows, ({ grant }) => tables.grants.indexOf(grant)),
    session: new Uint16Array(rows.length),
    rule: Uint16Array.from(rows, ({ rule }) => tables.rules.indexOf(rule)),
    tables,
  };
}

function explanationOf(calls: readonly FixtureCall[], index: number): Explanation {
  const call = calls[index] ?? { atMs: 0, grant: '', tool: '', outcome: 0, rule: '' };
  const denied = call.outcome !== 0;
  const text = denied
    ? `[POLICY DENIED] ${call.tool}: limit of 30 calls per minute reached. Resets at 2026-01-02T00:00:00.000Z.`
    : '{"success":true}';
  const pointer = denied ? '/tools/issue_audit_ticket/limits/0' : '';
  const message = denied ? text.slice(16) : '';
  const limited = call.rule !== '(default deny)';
  return {
    call: index,
    atMs: call.atMs,
    grant: call.grant,
    session: 's1',
    tool: call.tool,
    args: { agentId: 'agent-7f3a', validitySeconds: 300 },
    outcome: OUTCOME_NAMES[call.outcome] ?? 'allow',
    decision: {
      outcome: denied ? 'deny' : 'allow',
      rule: call.rule,
      pointer,
      message,
      retryAtMs: denied && limited ? MIDNIGHT : null,
      counters: limited
        ? [
            {
              rule: RULE,
              pointer: '/tools/issue_audit_ticket/limits/0',
              counter: 'issue_audit_ticket_rate',
              scope: 'grant',
              usedBefore: denied ? 30 : 12,
              amount: 1,
              usedAfter: denied ? 30 : 13,
              max: 30,
              windowMs: 60_000,
              windowStartMs: MIDNIGHT - 60_000,
              windowEndMs: MIDNIGHT,
              fits: !denied,
            },
          ]
        : [],
    },
    headline: denied ? 'The limit for this minute is used up' : 'Allowed',
    steps: [
      { name: 'hide', state: 'passed', words: 'Not hidden', pointer: '', rules: [] },
      { name: 'default', state: 'passed', words: 'Listed in tools, so default does not apply', pointer: '', rules: [] },
      { name: 'require', state: 'passed', words: 'No rules', pointer: '', rules: [] },
      {
        name: 'deny_if',
        state: 'passed',
        words: '1 rule does not hold',
        pointer: '',
        rules: [
          {
            rule: '/tools/issue_audit_ticket/deny_if/args.ttl-gt',
            pointer: '/tools/issue_audit_ticket/deny_if/0',
            holds: false,
            conditions: [
              {
                path: 'args.ttl',
                op: 'gt',
                value: 900,
                saw: { kind: 'missing' },
                holds: false,
                pointer: '/tools/issue_audit_ticket/deny_if/0/conditions/0',
              },
            ],
          },
        ],
      },
      {
        name: 'limits',
        state: denied ? 'decided' : 'passed',
        words: denied ? '30 used + 1 is more than 30' : '12 used + 1 is at most 30',
        pointer,
        rules: [],
      },
      {
        name: 'forward',
        state: denied ? 'not-reached' : 'decided',
        words: denied ? 'Not reached, nothing taken' : 'Forwarded to the server',
        pointer: '',
        rules: [],
      },
    ],
    upstream: denied ? null : { status: 'ok', latencyMs: 0 },
    agentText: text,
    agentMessage: { jsonrpc: '2.0', id: index + 1, result: { content: [{ type: 'text', text }], isError: denied } },
    entry: {
      time: new Date(call.atMs).toISOString(),
      requestId: `req-${index + 1}`,
      grant: call.grant,
      session: 's1',
      method: 'tools/call',
      tool: call.tool,
      policy: 'policy',
      policyVersion: '1',
      outcome: denied ? 'deny' : 'allow',
      rule: call.rule,
      message,
      upstreamStatus: denied ? null : 'ok',
      upstreamLatencyMs: denied ? null : 0,
      argumentKeys: ['agentId', 'validitySeconds'],
    },
    ruleRange: null,
  };
}

/** An engine that answers about made-up calls at once; `runIds` grow with every run. */
export function fixtureEngine(
  calls: () => readonly FixtureCall[],
  check: Awaited<ReturnType<EngineApi['check']>>,
): EngineApi {
  let runId = 0;
  return {
    ping: () => Promise.resolve(),
    check: () => Promise.resolve(check),
    checkScenario: () => Promise.resolve({ diagnostics: [] }),
    run: () => Promise.resolve({ kind: 'done', summary: summaryOf(calls(), ++runId) }),
    cancel: () => Promise.resolve(),
    log: (id, filter, from, count) =>
      Promise.resolve(id === runId ? { kind: 'ok', value: pageOf(calls(), filter, from, count) } : { kind: 'gone' }),
    explain: (id, call) =>
      Promise.resolve(id === runId ? { kind: 'ok', value: explanationOf(calls(), call) } : { kind: 'gone' }),
    timeline: (request) =>
      Promise.resolve(request.runId === runId ? { kind: 'ok', value: timelineOf(calls(), request) } : { kind: 'gone' }),
    tickets: (_id, from) => Promise.resolve({ kind: 'ok', value: { total: 0, from, tickets: [] } }),
    find: (id, filter, call) => {
      if (id !== runId) return Promise.resolve({ kind: 'gone' });
      const page = pageOf(calls(), filter, 0, calls().length);
      return Promise.resolve({ kind: 'ok', value: page.call.findIndex((index) => index >= call) });
    },
    locate: () => Promise.resolve(null),
  };
}

/** A worker made of a message channel, with the engine at the other end. */
export function channelWorker(engine: EngineApi): Worker {
  const { port1, port2 } = new MessageChannel();
  expose(engine, port1);
  port2.start();
  return Object.assign(port2, { terminate: () => port2.close(), onerror: null }) as MessagePort & Worker;
}
