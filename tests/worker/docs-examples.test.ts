import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readExamples, type Example } from '../../src/docs/examples.ts';
import type { EngineApi } from '../../workers/engine-api.ts';
import { connect, told } from './connect.ts';

const examples = [
  ...(await readExamples(fileURLToPath(new URL('../../src/docs/examples/', import.meta.url)))).values(),
];

const sorted = (codes: Iterable<string>): readonly string[] => [...new Set(codes)].sort();

/** Codes of everything that is said of the policy and of the scenario before they meet. */
async function remarks(engine: EngineApi, { content }: Example): Promise<readonly string[]> {
  const { diagnostics } = await engine.check(content.policy);
  const { diagnostics: others } = await engine.checkScenario(content.scenario);
  return sorted([...diagnostics, ...others].map(({ code }) => code));
}

/** What a run comes to, as an embed says it: calls of hidden tools are denied. No counts where there is no run. */
async function outcome(engine: EngineApi, { content }: Example) {
  const { policy, scenario, windows = 'calendar' } = content;
  const result = await engine.run({ policy, scenario, windows }, told());
  if (result.kind !== 'done') return { kind: result.kind, findings: [] };
  const { calls, allowed, denied, hidden, approvals, findings } = result.summary;
  const codes = sorted(findings.map(({ code }) => code));
  return { kind: result.kind, calls, allowed, denied: denied + hidden, approvals, findings: codes };
}

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(0);
});

describe.each(examples.map((example) => ({ name: example.name, example })))('$name', ({ example }) => {
  const { codes, findings, ...counts } = example.expected;

  test('says what it comes to', () => {
    expect(Object.keys(example.expected)).not.toEqual([]);
  });

  test('comes to what it says', async () => {
    const engine = connect();
    const came = await outcome(engine, example);
    expect(came.kind === 'done' || Object.keys(counts).length === 0, `it ends as ${came.kind}`).toBe(true);
    expect(came).toMatchObject(counts);
    if (findings !== undefined) expect(came.findings).toEqual(sorted(findings));
    if (codes !== undefined) expect(await remarks(engine, example)).toEqual(sorted(codes));
  });
});
