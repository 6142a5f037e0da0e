import { expose, proxy, wrap } from 'comlink';
import { afterEach } from 'vitest';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../src/core/catalogue/seed.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { createEngine } from '../../workers/engine.ts';
import type { EngineApi, LogFilter, Progress, RunInput, RunSummary } from '../../workers/engine-api.ts';

const open: { readonly ports: readonly MessagePort[]; readonly engine: EngineApi }[] = [];

afterEach(() => {
  for (const { ports } of open.splice(0)) for (const port of ports) port.close();
});

/** An engine behind a message channel, as the page sees the worker's. */
export function connect(): EngineApi {
  const { port1, port2 } = new MessageChannel();
  expose(createEngine(), port1);
  const engine: EngineApi = wrap<EngineApi>(port2);
  // why: Comlink closes the channel of a proxy that is garbage collected, answers still out or not.
  open.push({ ports: [port1, port2], engine });
  return engine;
}

/** The work the page opens with, changed as asked. */
export function seedInput(change: Partial<RunInput> = {}): RunInput {
  return {
    policy: { dialect: 'auto', text: SEED_POLICY_TEXT },
    scenario: SEED_SCENARIO,
    windows: 'calendar',
    ...change,
  };
}

/** One agent that asks for `times` tickets, one a millisecond. */
export function ticketScenario(times: number): Scenario {
  const step = { call: 'issue_audit_ticket', times, every: '1ms', args: { agentId: 'agent-1' } };
  return { version: '1', start: '2026-01-01T23:59:58.000Z', agents: [{ name: 'planner', steps: [step] }] };
}

/** A progress callback that crosses the channel. */
export function told(progress: Progress = () => undefined): Progress {
  return proxy(progress);
}

/** The summary of a run that goes through. */
export async function finish(engine: EngineApi, input: RunInput = seedInput()): Promise<RunSummary> {
  const result = await engine.run(input, told());
  if (result.kind !== 'done') throw new Error(`the run ended as ${JSON.stringify(result)}`);
  return result.summary;
}

/** The value of an answer about a run that is held. */
export function valueOf<T>(answer: { readonly kind: string; readonly value?: T }): T {
  if (answer.kind !== 'ok' || answer.value === undefined) throw new Error(`no value: ${JSON.stringify(answer)}`);
  return answer.value;
}

export const ANY_CALL: LogFilter = { outcomes: [], tools: [], grants: [], rules: [], text: '' };
