import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import type { CallPlan } from '../../../src/core/simulator/columns.ts';
import { type Conversion, convertTrace } from '../../../src/core/traces/convert-trace.ts';
import { planTrace } from '../../../src/core/traces/plan-trace.ts';
import { createTraceReader } from '../../../src/core/traces/read-trace.ts';
import type { TraceRun } from '../../../src/core/traces/trace.ts';

const START_MS = Date.UTC(2026, 0, 1);

interface Line {
  readonly atMs?: number;
  readonly grant?: string;
  readonly session?: string;
  readonly tool?: string;
  readonly args?: object;
}

function traceOf(lines: readonly Line[]): TraceRun {
  const text = lines.map(({ atMs, grant, session, tool = 'get_agent_card', args = { agentId: 'agent-1' } }) => {
    const timestamp = atMs === undefined ? undefined : START_MS + atMs;
    return JSON.stringify({ timestamp, grant, session, method: 'tools/call', params: { name: tool, arguments: args } });
  });
  const { trace } = createTraceReader(text.join('\n')).finish();
  return { trace, choices: { grant: 'someone', startMs: START_MS, spacingMs: 1000 } };
}

function converted(run: TraceRun): Extract<Conversion, { kind: 'converted' }> {
  const result = convertTrace(run, 'recorded');
  if (result.kind !== 'converted') throw new Error(result.message);
  return result;
}

function callsOf({ calls, table }: CallPlan): string[] {
  return Array.from({ length: calls.count }, (_, i) => {
    const { grant, session } = table.callers[calls.caller[i] ?? -1] ?? {};
    const what = `${table.tools[calls.tool[i] ?? -1]} ${JSON.stringify(table.argsAt(calls.args[i] ?? -1))}`;
    return `${calls.atMs[i]} ${grant} ${session} ${what} ${calls.latencyMs[i]}`;
  });
}

function planOf(conversion: Extract<Conversion, { kind: 'converted' }>): CallPlan {
  const result = compileScenario(conversion.scenario);
  if (!result.ok) throw new Error('the scenario was refused');
  return result.plan;
}

describe('a plan of a trace', () => {
  test('gives names, times and answers of its own to what the trace leaves open', () => {
    const plan = planTrace(traceOf([{}, { grant: 'planner', session: 'b' }, { tool: 'unheard_of' }]));
    expect(callsOf(plan)).toEqual([
      `${START_MS} someone s1 get_agent_card {"agentId":"agent-1"} 0`,
      `${START_MS + 1000} planner b get_agent_card {"agentId":"agent-1"} 0`,
      `${START_MS + 2000} someone s1 unheard_of {"agentId":"agent-1"} 0`,
    ]);
    expect([...plan.calls.upstream]).toEqual([0, 0, 1]);
    expect(plan.reactions).toEqual([null, null]);
  });
});

describe('conversion to steps', () => {
  test('equal calls at equal gaps become one step', () => {
    const { scenario, steps, losses } = converted(traceOf([0, 40, 80, 120, 5000].map((atMs) => ({ atMs }))));
    const args = { agentId: 'agent-1' };
    expect(scenario.agents).toEqual([
      {
        name: 'someone',
        steps: [
          { call: 'get_agent_card', times: 4, every: '40ms', args },
          { wait: '4840ms' },
          { call: 'get_agent_card', args },
        ],
      },
    ]);
    expect(steps).toBe(3);
    expect(losses).toEqual({ unwritable: 0, answers: 0, order: 0 });
  });

  test('a call that comes before a burst is over leaves its last call alone', () => {
    const other = { atMs: 90, tool: 'query_agents', args: {} };
    const { scenario } = converted(traceOf([{ atMs: 0 }, { atMs: 40 }, { atMs: 80 }, other]));
    const args = { agentId: 'agent-1' };
    expect(scenario.agents[0]?.steps).toEqual([
      { call: 'get_agent_card', times: 2, every: '40ms', args },
      { call: 'get_agent_card', args },
      { wait: '10ms' },
      { call: 'query_agents' },
    ]);
  });

  test('agents of one grant get names of their own', () => {
    const { scenario } = converted(
      traceOf([{ grant: 'a' }, { grant: 'a', session: 'x' }, { grant: 'a x' }, { grant: 'b', session: 'y' }]),
    );
    expect(scenario.agents.map(({ name, grant, session }) => [name, grant, session])).toEqual([
      ['a', undefined, undefined],
      ['a x', 'a', 'x'],
      ['a x s1', 'a x', undefined],
      ['b', undefined, 'y'],
    ]);
  });

  test('what a scenario would read as a template is left out and counted', () => {
    const { calls, losses } = converted(
      traceOf([
        { args: { a: '{{i}}' } },
        { args: { a: '{{' } },
        { args: { a: { $pick: [1] } } },
        { args: { a: 'plain' } },
      ]),
    );
    expect(calls).toBe(1);
    expect(losses.unwritable).toBe(3);
  });

  test('success that the simulated server would not grant is counted', () => {
    expect(converted(traceOf([{ tool: 'unheard_of' }, {}])).losses.answers).toBe(1);
  });

  test('calls of one millisecond whose agents would change places are counted', () => {
    const lines = [{ grant: 'a' }, { grant: 'b' }, { grant: 'a' }].map((line) => ({ ...line, atMs: 5 }));
    expect(converted(traceOf(lines)).losses.order).toBe(1);
  });

  test.each([
    ['agents', Array.from({ length: 65 }, (_, i) => ({ grant: `g${i}` })), /at most 64 agents/],
    ['steps', Array.from({ length: 20_000 }, (_, i) => ({ args: { agentId: `agent-${i}` } })), /more than 1 MiB/],
    ['one text', [{ args: { agentId: 'x'.repeat(1_100_000) } }], /more than 1 MiB/],
  ])('too many %s are refused with what to do', (_, lines, message) => {
    const result = convertTrace(traceOf(lines), 'recorded');
    expect(result.kind === 'too-large' ? result.message : '').toMatch(message);
  });

  test('steps over the whole span of a run are accepted', () => {
    const days = (count: number): number => count * 86_400_000;
    expect(converted(traceOf([{ atMs: 0 }, { atMs: days(20) }])).calls).toBe(2);
  });

  test('steps make the calls of the trace again, at the same times', () => {
    const line = fc.record({
      gapMs: fc.constantFrom(0, 1, 1, 40, 40, 40, 1000),
      tool: fc.constantFrom('get_agent_card', 'query_agents'),
      args: fc.constantFrom({}, { agentId: 'agent-1' }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), (made) => {
        let atMs = 0;
        const run = traceOf(made.map(({ gapMs, ...rest }) => ({ ...rest, atMs: (atMs += gapMs) })));
        expect(callsOf(planOf(converted(run)))).toEqual(callsOf(planTrace(run)));
      }),
      { numRuns: 300 },
    );
  });

  test('steps of several agents make the same calls, apart from ties', () => {
    const line = fc.record({ gapMs: fc.constantFrom(0, 1, 7, 7), grant: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), (made) => {
        let atMs = 0;
        const run = traceOf(made.map(({ gapMs, grant }) => ({ grant, atMs: (atMs += gapMs) })));
        const conversion = converted(run);
        const [again, recorded] = [callsOf(planOf(conversion)), callsOf(planTrace(run))];
        expect(again.toSorted()).toEqual(recorded.toSorted());
        if (conversion.losses.order === 0) expect(again).toEqual(recorded);
      }),
    );
  });
});
