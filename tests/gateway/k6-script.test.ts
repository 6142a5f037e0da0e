import { afterEach, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/core/catalogue/examples.ts';
import { type K6Result, K6ResultReader } from '../../src/core/k6/results.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { OUTCOME_NAMES } from '../../src/core/simulator/columns.ts';
import { type Run, STATUS_NAMES } from '../../src/core/simulator/run.ts';
import { readAny } from '../unit/catalogue/gallery-runs.ts';
import { createGateway } from './gateway.ts';
import { type HttpGateway, serveGateway } from './http-server.ts';
import { livingRun, scriptOf } from './k6-runs.ts';
import { createClock, type Played, playScript } from './k6-stand-in.ts';

/** What a run is made of. */
type Case = Pick<(typeof EXAMPLES)[number], 'policyText' | 'scenario' | 'windows'>;

/** Real time is not virtual time: another day, hour and second. */
const REAL_MS = Date.parse('2031-05-06T07:08:09.500Z');

let server: HttpGateway | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Staging {
  readonly run: Run;
  readonly clock: Float64Array;
  readonly gateway: ReturnType<typeof createGateway>;
  readonly play: (text?: string, users?: readonly number[]) => Promise<Played>;
}

/** A gateway with `policyText` on loopback, to be met by the burst of `burst`, which may be another's prediction. */
async function stage(burst: Case, policyText = burst.policyText): Promise<Staging> {
  const run = await livingRun(burst);
  const { text, tokens } = scriptOf(run, { align: 'day' });
  const clock = createClock(REAL_MS);
  const dialect = readAny(policyText).policy?.dialect ?? 'policylayer';
  const { scenario, windows } = burst;
  const gateway = createGateway({ policyText, dialect, scenario, windows, clock: () => clock[0]! });
  const grants = new Map(tokens.map(({ grant }, i) => [`token-${i}`, grant]));
  const isForced = run.plan.calls.upstream.some((code) => code !== 0);
  const started = await serveGateway(gateway, {
    grantOf: (token) => grants.get(token),
    upstreamOf: (id) => {
      const call = Number(id) - 1;
      const status = isForced ? STATUS_NAMES[run.columns.status[call] ?? 0] : null;
      return { upstream: status ?? 'auto', latencyMs: run.columns.latencyMs[call] ?? 0 };
    },
  });
  server = started;
  const env = {
    GATEWAY_URL: started.url,
    ...Object.fromEntries(tokens.map(({ variable }, i) => [variable, `token-${i}`])),
  };
  const play = (script = text, users?: readonly number[]) =>
    playScript(script, { env, clock, ...(users ? { users } : {}) });
  return { run, clock, gateway, play };
}

function resultsOf({ lines }: Played): readonly K6Result[] {
  const reader = new K6ResultReader();
  reader.add(lines.join('\n'));
  const { results, skipped } = reader.finish();
  expect(skipped).toBe(0);
  return results;
}

const sum = ({ samples }: Played, metric: string): number =>
  samples.reduce((total, sample) => total + (sample.metric === metric ? sample.value : 0), 0);

const outcomesOf = ({ columns }: Run): string[] =>
  Array.from({ length: columns.count }, (_, call) => OUTCOME_NAMES[columns.outcome[call]!]!);

const ESCROW = { agentId: 'agent-5', target: 'agent-6', amount: 10, task: 'Translate' };

/** Two agents that react: one retries with respect for the retry time, one asks a person; answers fail now and then. */
const REACTIVE: Case = {
  policyText: JSON.stringify({
    version: '1',
    default: 'deny',
    hide: ['activate_kill_switch'],
    tools: {
      issue_audit_ticket: { limits: [{ counter: 'tickets', window: 'minute', max: 5, scope: 'grant' }] },
      create_escrow: { action: 'require_approval', reason: 'Ask "a person" </script>\u2028 first.' },
    },
  }),
  scenario: {
    version: '1',
    start: '2026-01-01T23:59:50.000Z',
    approvals: { mode: 'approve', after: '20s' },
    agents: [
      {
        name: 'planner',
        onDenied: { retry: { max: 3, delay: '1s', respectRetryAt: true } },
        steps: [{ call: 'issue_audit_ticket', times: 9, over: '9s', args: { agentId: 'agent-{{i % 3}}' } }],
      },
      {
        name: 'buyer',
        grant: 'buyer </script>`${1}`\u2029',
        onApproval: { retryAfter: '30s' },
        steps: [
          { call: 'create_escrow', args: ESCROW },
          { call: 'activate_kill_switch', args: { agentId: 'agent-1', reason: 'no' } },
          { call: 'not_listed', args: { text: '</script>\u2028`${process.exit()}`', depth: { '\\': [null, 1.5] } } },
        ],
      },
    ],
  } satisfies Scenario,
  windows: 'calendar',
};

const FAILING: Case = {
  policyText:
    '{"version":"1","default":"deny","tools":{"get_agent_card":{"limits":[{"counter":"c","window":"minute","max":8,"scope":"session"}]}}}',
  scenario: {
    version: '1',
    start: '2026-01-01T12:00:40.000Z',
    agents: (['rpc_error', 'tool_error', 'timeout'] as const).map((kind) => ({
      name: kind,
      grant: 'reader',
      session: kind,
      steps: [
        {
          call: 'get_agent_card',
          times: 30,
          over: '30s',
          args: { agentId: 'agent-1' },
          upstream: { failures: 0.4, kind },
        },
      ],
    })),
  },
  windows: 'calendar',
};

const gallery = EXAMPLES.filter(({ policyText }) => readAny(policyText).policy !== null);

describe('a burst at a real gateway', () => {
  it.each([
    ...gallery.map((example) => [example.name, example] as const),
    ['agents that react, approvals and hidden tools', REACTIVE] as const,
    ['failures', FAILING] as const,
  ])('comes to what was predicted: %s', async (_, example) => {
    const { run, play } = await stage(example);
    const played = await play();
    const results = resultsOf(played);
    expect(results.map(({ call }) => call)).toEqual(outcomesOf(run).map((_, i) => i + 1));
    expect(results.map(({ predicted }) => predicted)).toEqual(outcomesOf(run));
    expect(results.map(({ actual }) => actual)).toEqual(outcomesOf(run));
    expect(sum(played, 'policy_disagreements')).toBe(0);
    expect(sum(played, 'policy_other_answers')).toBe(0);
    expect(sum(played, 'checks')).toBe(run.columns.count);
    expect(sum(played, 'policy_call_late')).toBe(0);
  });

  it('is made with the same arguments, times and callers', async () => {
    const { run, clock, gateway, play } = await stage(REACTIVE);
    const results = resultsOf(await play());
    const { atMs, args, count } = run.columns;
    const shift = results[0]!.atMs - atMs[0]!;
    expect(results.map(({ atMs: at }) => at - shift)).toEqual([...atMs.slice(0, count)]);
    expect(shift % 86_400_000).toBe(0);
    expect(clock[0]).toBeGreaterThan(REAL_MS);
    expect(gateway.replies).toHaveLength(count);
    expect(run.table.argsAt(args[0]!)).toEqual({ agentId: 'agent-0' });
    const texts = results.filter(({ tool }) => tool === 'create_escrow').map(({ text }) => text);
    expect(texts).toEqual(['[POLICY DENIED] Ask "a person" </script>\u2028 first.', '']);
  });

  it('counts what the gateway decides otherwise, and fails the run for it', async () => {
    const [first] = EXAMPLES;
    const { play } = await stage(first, '{"version":"1","default":"allow"}');
    const played = await play();
    const wrong = resultsOf(played).filter(({ agrees }) => !agrees);
    expect(wrong).toHaveLength(53);
    expect(wrong[0]).toMatchObject({ predicted: 'deny', actual: 'allow' });
    expect(sum(played, 'policy_disagreements')).toBe(53);
  });

  it('is made in parts by machines that each have some of the callers', async () => {
    const { run, play } = await stage(FAILING);
    const one = resultsOf(await play(undefined, [1, 3]));
    const other = resultsOf(await play(undefined, [2]));
    expect(one.length + other.length).toBe(run.columns.count);
    expect(new Set([...one, ...other].map(({ call }) => call)).size).toBe(run.columns.count);
  });

  it('opens a session anew when the gateway has forgotten it', async () => {
    const { run, play, gateway } = await stage({ ...FAILING, policyText: '{"version":"1","default":"allow"}' });
    const handle = gateway.handle.bind(gateway);
    let handled = 0;
    // why: sessions are gone after a few calls, as when a gateway is started again.
    gateway.handle = (message, context) => {
      if (JSON.stringify(message).includes('tools/call') && ++handled % 25 === 0) server?.endSessions();
      return handle(message, context);
    };
    const results = resultsOf(await play());
    expect(results.filter(({ agrees }) => agrees)).toHaveLength(run.columns.count);
  });

  it('of a gateway that does not let it in, has no answers', async () => {
    const { play } = await stage(FAILING);
    const { text } = scriptOf(await livingRun(FAILING));
    const played = await play(text.replace("'Bearer '", "'Bearer wrong '"));
    const results = resultsOf(played);
    expect(new Set(results.map(({ actual }) => actual))).toEqual(new Set(['none']));
    expect(results[0]?.text).toBe('HTTP 401');
  });
});

describe('a script', () => {
  it('asks for every variable that is missing', async () => {
    const { text } = scriptOf(await livingRun(REACTIVE));
    const stageless = { env: {}, clock: createClock(REAL_MS) };
    await expect(playScript(text, stageless)).rejects.toThrow(
      'Set GATEWAY_URL, TOKEN_BUYER___SCRIPT____1___, TOKEN_PLANNER with -e NAME=value',
    );
  });

  it.each([
    ['none', {}, '2031-05-06T07:08:13.500Z'],
    ['minute', {}, '2031-05-06T07:08:50.000Z'],
    ['hour', {}, '2031-05-06T07:59:50.000Z'],
    ['day', {}, '2031-05-06T23:59:50.000Z'],
    ['day', { ALIGN: 'none', START_AT: '2031-06-01T00:00:00Z' }, '2031-06-01T00:00:00.000Z'],
    ['minute', { START_AT: '2031-06-01T00:00:51Z' }, '2031-06-01T00:01:50.000Z'],
  ] as const)('aligned by %s, with %o, starts at %s', async (align, env, expected) => {
    const { text } = scriptOf(await livingRun(REACTIVE), { align });
    const tokens = { TOKEN_BUYER___SCRIPT____1___: '', TOKEN_PLANNER: '' };
    const clock = createClock(REAL_MS);
    const all = { GATEWAY_URL: 'http://127.0.0.1:9/', ...tokens, ...env };
    const [, ...lines] = (await playScript(text, { env: all, clock, users: [1] })).lines;
    expect(JSON.parse(lines[0]!)).toMatchObject({ time: expected, actual: 'none' });
  });

  it.each([
    [{ START_AT: 'soon' }, 'START_AT is no time such as'],
    [{ ALIGN: 'week' }, 'ALIGN is one of none, minute, hour, day'],
  ])('refuses %o', async (env, words) => {
    const { text } = scriptOf(await livingRun(FAILING));
    await expect(playScript(text, { env, clock: createClock(REAL_MS) })).rejects.toThrow(words);
  });
});
