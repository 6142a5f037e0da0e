import { expect, it } from 'vitest';
import { LATE_ANSWERS_INTERCEPT } from '../../src/core/catalogue/gallery/windows.ts';
import { connect, finish, seedInput, ticketScenario, valueOf } from './connect.ts';

it('is read page by page, in any order, and is that of one agent', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const ask = async (agent: number, from: number, count: number) =>
    valueOf(await engine.transcript(runId, { agent, from, count }));
  const whole = await ask(1, 0, 50);
  expect(whole.agents.map(({ name, calls }) => [name, calls])).toEqual([
    ['planner', 113],
    ['settler', 20],
  ]);
  expect(whole.total).toBe(20);
  expect(whole.exchanges).toHaveLength(20);
  const [later, earlier] = await Promise.all([ask(1, 15, 50), ask(1, 5, 5)]);
  expect(later.exchanges).toEqual(whole.exchanges.slice(15));
  expect(earlier.exchanges).toEqual(whole.exchanges.slice(5, 10));
  expect((await ask(1, 20, 10)).exchanges).toEqual([]);
  expect((await ask(7, 0, 10)).total).toBe(0);
});

it('says what each call was told, with the words of its explanation', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const { exchanges } = valueOf(await engine.transcript(runId, { agent: 0, from: 40, count: 5 }));
  for (const { call, text, answer, request } of exchanges) {
    const explained = valueOf(await engine.explain(runId, call));
    expect(text).toBe(explained.agentText);
    expect(answer).toEqual(explained.agentMessage);
    expect(request).toEqual({
      jsonrpc: '2.0',
      id: call + 1,
      method: 'tools/call',
      params: { name: explained.tool, arguments: explained.args },
    });
  }
});

it('meets the world as the calls before have left it, and is gone with its run', async () => {
  const engine = connect();
  const kill = { call: 'activate_kill_switch', args: { agentId: 'agent-1', reason: 'Test' } };
  const ticket = { call: 'issue_audit_ticket', args: { agentId: 'agent-1' } };
  const scenario = { ...ticketScenario(1), agents: [{ name: 'planner', steps: [ticket, kill, ticket] }] };
  const policy = { dialect: 'auto', text: '{"version":"1","default":"allow"}' } as const;
  const { runId } = await finish(engine, seedInput({ policy, scenario }));
  const { exchanges } = valueOf(await engine.transcript(runId, { agent: 0, from: 0, count: 3 }));
  const told = exchanges.map(({ answer }) => (answer as { result: { structuredContent: object } }).result);
  expect(told.map(({ structuredContent }) => structuredContent)).toMatchObject([
    { success: true },
    { success: true },
    { success: false },
  ]);
  await finish(engine);
  expect(await engine.transcript(runId, { agent: 0, from: 0, count: 3 })).toEqual({ kind: 'gone' });
});

it('goes with what each call held, asked in any order', async () => {
  const engine = connect();
  const { policyText, scenario } = LATE_ANSWERS_INTERCEPT;
  const { runId } = await finish(engine, seedInput({ policy: { dialect: 'auto', text: policyText }, scenario }));
  const heldBy = async (call: number) => valueOf(await engine.explain(runId, call)).held;
  expect(await heldBy(8)).toMatchObject([{ amount: 1, fate: 'kept' }]);
  const [second, first] = await Promise.all([heldBy(1), heldBy(0)]);
  expect(second).toMatchObject([{ fate: 'moved', returned: 1, usedAfter: 1 }]);
  expect(first).toMatchObject([{ fate: 'moved', returned: 1, usedAfter: 2 }]);
});
