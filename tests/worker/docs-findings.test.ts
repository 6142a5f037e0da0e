import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { SpanName } from '../../src/core/analysis/worst-case.ts';
import { readExamples, type Example } from '../../src/docs/examples.ts';
import type { AnalysisAnswer, AnalysisRequest, EngineApi, RunInput } from '../../workers/engine-api.ts';
import { connect, finish } from './connect.ts';

const docs = (path: string): string => fileURLToPath(new URL(`../../src/docs/${path}`, import.meta.url));
const examples = await readExamples(docs('examples/'));
const page = await readFile(docs('findings.md'), 'utf8');

function example(name: string): Example {
  const found = examples.get(name);
  if (found === undefined) throw new Error(`no example ${name}`);
  return found;
}

function inputOf(name: string): RunInput {
  const { policy, scenario, windows = 'calendar' } = example(name).content;
  return { policy, scenario, windows };
}

async function ask<Kind extends AnalysisAnswer['kind']>(engine: EngineApi, kind: Kind, request: AnalysisRequest) {
  const answer = await engine.analyse(request);
  if (answer.kind !== kind) throw new Error(`not ${kind}: ${JSON.stringify(answer)}`);
  return answer as Extract<AnalysisAnswer, { kind: Kind }>;
}

const number = (value: number | null | undefined): string => (value ?? NaN).toLocaleString('en-US');

test('the worst case of the example is the one the page tells', async () => {
  const { policy } = inputOf('worst-case');
  const { worst } = await ask(connect(), 'worst-case', { kind: 'worst-case', policy, callers: 'grant' });
  const spans = worst.tools.find(({ caps }) => caps.tool === 'create_escrow')?.spans;
  const calls = (span: SpanName) => number(spans?.[span].calls.sliding);
  expect(page).toContain(
    `${calls('minute')} calls in any minute, ${calls('hour')} in any hour, and ${number(spans?.day.value.sliding)} spent in any day`,
  );
});

test('windows compared let through what the page says', async () => {
  const input = inputOf('window-calendar');
  const { rows } = await ask(connect(), 'windows', { kind: 'windows', input });
  const calls = (rows[0]?.allowed ?? 0) + (rows[0]?.denied ?? 0);
  const [calendar, sliding, anchored] = (['calendar', 'sliding', 'anchored'] as const).map((windows) =>
    number(rows.find((row) => row.windows === windows)?.allowed),
  );
  expect(page).toContain(
    `[${calls} calls under 10 a minute](example:window-calendar): ${calendar}, ${sliding} and ${anchored} pass.`,
  );
});

test('the limit advisor gives the numbers of the page', async () => {
  const { policy, windows, scenario } = inputOf('limit-advice');
  const of = (grant: string) => ({ input: { scenario }, grants: [grant] });
  const { advice } = await ask(connect(), 'limit', {
    kind: 'limit',
    policy,
    windows,
    pointer: '/tools/issue_audit_ticket/limits/0',
    legitimate: of('worker'),
    attack: of('loop'),
  });
  const passing = (max: number | null | undefined) => advice?.points.find((point) => point.max === max)?.attack;
  expect(page).toContain(
    `${number(advice?.least)} is the least that lets all of the work through, and of ${number(advice?.attackCalls)} calls of the loop ${number(passing(advice?.least))} pass instead of ${number(passing(advice?.max))}.`,
  );
});

test('a burst is told in the words of the page, and mended by what it says', async () => {
  const burst = await finish(connect(), inputOf('boundary-burst'));
  const found = burst.findings.find(({ code }) => code === 'boundary-burst');
  expect(page).toContain(`“${found?.detail ?? ''}”`);
  const mended = await finish(connect(), inputOf('boundary-burst-mended'));
  expect(page).toContain(`let ${number(mended.allowed)} through where ${number(burst.allowed)} passed`);
});

test('the two that can go are those the page names', async () => {
  const { policy } = inputOf('dead-weight');
  const { found } = await ask(connect(), 'dead-weight', { kind: 'dead-weight', policy });
  expect(found.map(({ why }) => why).sort()).toEqual(['never-binds', 'never-denies']);
  const { worst } = await ask(connect(), 'worst-case', { kind: 'worst-case', policy, callers: 'grant' });
  const tool = worst.tools.find(({ caps }) => caps.tool === found[0]?.tool);
  expect(page).toContain(`are at most ${number(tool?.spans.day.calls.calendar)} a day`);
});
