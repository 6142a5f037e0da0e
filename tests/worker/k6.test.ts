import { expect, test } from 'vitest';
import type { K6Export } from '../../workers/engine-api.ts';
import { connect, finish, seedInput, ticketScenario, told, valueOf } from './connect.ts';

const OPTIONS = { align: 'minute', name: 'A run' } as const;

function scriptOf(answer: K6Export) {
  if (answer.kind !== 'script') throw new Error(`no script: ${answer.kind}`);
  return answer;
}

test('writes the held run as a script, with what it needs', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const { outline, file } = scriptOf(valueOf(await engine.k6(runId, OPTIONS)));
  expect(outline).toMatchObject({ calls: 133, notes: [], windowMs: 60_000 });
  expect(outline.tokens).toContainEqual({ grant: 'planner', variable: 'TOKEN_PLANNER' });
  expect(file.type).toBe('text/javascript');
  expect(await file.text()).toContain("import http from 'k6/http';");
});

test('says that a run without calls, or with too many, is no script', async () => {
  const engine = connect();
  const scenario = ticketScenario(1);
  const none = await finish(engine, seedInput({ scenario: { ...scenario, agents: [] } }));
  expect(valueOf(await engine.k6(none.runId, OPTIONS))).toEqual({ kind: 'empty' });
  const many = await finish(engine, seedInput({ scenario: ticketScenario(1_000_001) }));
  expect(valueOf(await engine.k6(many.runId, OPTIONS))).toEqual({ kind: 'too-large' });
});

test('gives way to a newer run, after which the old one is gone', async () => {
  const engine = connect();
  const { runId } = await finish(engine, seedInput({ scenario: ticketScenario(300_000) }));
  const asked = engine.k6(runId, OPTIONS);
  const newer = engine.run(seedInput(), told());
  expect(await asked).toEqual({ kind: 'gone' });
  expect(await newer).toMatchObject({ kind: 'done' });
});
