import { proxy } from 'comlink';
import { describe, expect, test } from 'vitest';
import type { TraceReading, TraceRun } from '../../src/core/traces/trace.ts';
import { createTraceReader } from '../../src/core/traces/read-trace.ts';
import type { EngineApi, GoOn, TraceAnswer } from '../../workers/engine-api.ts';
import { answerTrace } from '../../workers/trace-requests.ts';
import { ANY_CALL, connect, finish, seedInput, told, valueOf } from './connect.ts';

const START_MS = Date.UTC(2026, 0, 1);

/** Calls that ask for a ticket, 40 ms apart, by grants in turn; every third answer is in between. */
function recorded(calls: number, grants: readonly string[] = ['planner']): string {
  const lines = Array.from({ length: calls }, (_, i) => {
    const call = { method: 'tools/call', params: { name: 'issue_audit_ticket', arguments: { agentId: 'agent-1' } } };
    const line = JSON.stringify({ timestamp: START_MS + 40 * i, grant: grants[i % grants.length], message: call });
    return i % 3 === 0 ? `${line}\n{"jsonrpc":"2.0","id":${i},"result":{}}` : line;
  });
  return lines.join('\n');
}

const always: GoOn = () => true;

function readIn(engine: EngineApi, text: string, goOn = always): Promise<TraceAnswer> {
  return engine.trace({ kind: 'read', file: new Blob([text]) }, proxy(goOn));
}

async function readingOf(engine: EngineApi, text: string): Promise<TraceReading> {
  const answer = await readIn(engine, text);
  if (answer.kind !== 'read') throw new Error(`the trace was not read: ${answer.kind}`);
  return answer.reading;
}

function runOf({ trace }: TraceReading): TraceRun {
  return { trace, choices: { grant: 'someone', startMs: START_MS, spacingMs: 1000 } };
}

describe('reading a trace', () => {
  test('gives what the reader gives, across the channel', async () => {
    const text = recorded(2000);
    expect(await readingOf(connect(), text)).toEqual(createTraceReader(text).finish());
  });

  test('tells how far it is and can be stopped', async () => {
    const told: number[] = [];
    const answer = await readIn(connect(), recorded(60_000), (done, length) => {
      told.push(done / length);
      return told.length < 2;
    });
    expect(answer.kind).toBe('stopped');
    expect(told).toHaveLength(2);
    expect(told.every((share) => share > 0 && share < 1)).toBe(true);
  });

  test('leaves the engine free for questions meanwhile', async () => {
    const engine = connect();
    const order: string[] = [];
    const reading = readIn(engine, recorded(60_000)).then(() => order.push('read'));
    await engine.ping();
    await engine.ping();
    order.push('answered');
    await reading;
    expect(order).toEqual(['answered', 'read']);
  });

  test('refuses a file beyond its limit', async () => {
    const large = new Blob(['x']);
    Object.defineProperty(large, 'size', { value: 65 * 1_048_576 });
    expect(await answerTrace({ kind: 'read', file: large }, always)).toMatchObject({ kind: 'too-large' });
  });

  test('a file that cannot be read is an answer', async () => {
    const broken = JSON.parse('{"kind":"read","file":{"size":1}}') as { kind: 'read'; file: Blob };
    expect(await connect().trace(broken, proxy(always))).toMatchObject({ kind: 'failed' });
  });
});

describe('a run of a trace', () => {
  test('makes the recorded calls and not the scenario’s', async () => {
    const engine = connect();
    const reading = await readingOf(engine, recorded(90, ['planner', 'auditor']));
    const summary = await finish(engine, seedInput({ trace: runOf(reading) }));
    expect(summary).toMatchObject({ calls: 90, plannedCalls: 90, firstMs: START_MS, lastMs: START_MS + 89 * 40 });
    expect(summary.grants.map(({ grant, calls }) => [grant, calls])).toEqual([
      ['planner', 45],
      ['auditor', 45],
    ]);
    expect(summary.allowed + summary.denied).toBe(90);
    expect(summary.denied).toBeGreaterThan(0);
  });

  test('is the run of its steps, when they lose nothing', async () => {
    const engine = connect();
    const run = runOf(await readingOf(engine, recorded(200, ['planner', 'auditor'])));
    const converted = await engine.trace({ kind: 'convert', run, name: 'recorded' }, proxy(always));
    if (converted.kind !== 'converted') throw new Error(converted.kind);
    expect(converted.losses).toEqual({ unwritable: 0, answers: 0, order: 0 });
    const [asItIs, asSteps] = [
      await finish(engine, seedInput({ trace: run })),
      await finish(engine, seedInput({ scenario: converted.scenario })),
    ];
    expect(asItIs.digest).toBe(asSteps.digest);
  });

  test('can be explained call by call, with arguments that no log entry holds', async () => {
    const engine = connect();
    const reading = await readingOf(engine, recorded(3));
    const { runId } = await finish(engine, seedInput({ trace: runOf(reading) }));
    const explained = valueOf(await engine.explain(runId, 1));
    expect(explained).toMatchObject({ grant: 'planner', tool: 'issue_audit_ticket', args: { agentId: 'agent-1' } });
    expect(JSON.stringify(valueOf(await engine.log(runId, ANY_CALL, 0, 10)))).not.toContain('agent-1');
  });

  test('keeps tools nobody knows, and lets the policy’s default decide them', async () => {
    const engine = connect();
    const reading = await readingOf(engine, '{"method":"tools/call","params":{"name":"unheard_of"}}');
    const summary = await finish(engine, seedInput({ trace: runOf(reading) }));
    expect(summary.tools.map(({ tool }) => tool)).toContain('unheard_of');
    expect(summary.calls).toBe(1);
  });
});

describe('entries of the audit log', () => {
  test('are JSON lines of every call, page by page, without argument values', async () => {
    const engine = connect();
    const { runId, calls } = await finish(engine);
    let text = '';
    for (let from = 0; from < calls; from += 50) text += valueOf(await engine.entries(runId, ANY_CALL, from, 50));
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(calls);
    for (const call of [0, 70, calls - 1]) {
      expect(JSON.parse(lines[call] ?? '')).toEqual(valueOf(await engine.explain(runId, call)).entry);
    }
    expect(text).not.toContain('agent-1');
    expect(await engine.entries(runId, ANY_CALL, calls, 50)).toEqual({ kind: 'ok', value: '' });
  });

  test('follow the filter, may be asked for out of order, and are gone with their run', async () => {
    const engine = connect();
    const { runId, denied } = await finish(engine);
    const filter = { ...ANY_CALL, outcomes: ['deny'] as const };
    const whole = valueOf(await engine.entries(runId, filter, 0, 5000));
    expect(whole.trimEnd().split('\n')).toHaveLength(denied);
    expect(whole).not.toContain('"outcome":"allow"');
    const parts = await Promise.all([engine.entries(runId, filter, 10, 5), engine.entries(runId, filter, 0, 10)]);
    expect(valueOf(parts[1]) + valueOf(parts[0])).toBe(`${whole.split('\n').slice(0, 15).join('\n')}\n`);
    await engine.run(seedInput(), told());
    expect(await engine.entries(runId, filter, 0, 10)).toEqual({ kind: 'gone' });
  });

  test('are read back as a trace of the same calls', async () => {
    const engine = connect();
    const { runId, calls, firstMs, lastMs } = await finish(engine);
    const text = valueOf(await engine.entries(runId, ANY_CALL, 0, 5000));
    const reading = await readingOf(engine, text);
    expect(reading).toMatchObject({ firstMs, lastMs, formats: [{ format: 'audit-log', records: calls }] });
    expect(reading.trace.count).toBe(calls);
    expect(reading.gaps.noArguments).toBe(calls);
    expect(reading.skipped.line).toHaveLength(0);
  });
});
