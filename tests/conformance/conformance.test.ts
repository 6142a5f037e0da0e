import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseCase } from './cases.ts';
import { checkCase, type Disagreement } from './check-case.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

function casesOf(file: string): string[] {
  return readFileSync(`${folder}${file}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

describe('conformance cases', () => {
  test.each(files)('%s agrees on every case', async (file) => {
    const disagreements: Record<string, Disagreement> = {};
    const lines = casesOf(file);
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      const conformanceCase = parseCase(line);
      const disagreement = await checkCase(conformanceCase);
      if (disagreement) disagreements[conformanceCase.id] = disagreement;
    }
    expect(disagreements).toEqual({});
  });

  test('the files are here', () => {
    expect(files).toEqual(
      expect.arrayContaining(['operators.jsonl', 'policylayer-edge.jsonl', 'policylayer-random.jsonl']),
    );
  });
});

describe('what a case may not hold', () => {
  const decide = {
    id: 'x',
    kind: 'decide',
    dialect: 'policylayer',
    policy: '{}',
    calls: [],
    expect: { decisions: [] },
  };

  test.each([
    ['an unknown kind', { ...decide, kind: 'guess' }],
    ['an unknown field', { ...decide, window: 'sliding' }],
    ['an unknown field of a call', { ...decide, calls: [{ atMs: 0, tool: 't', argument: {} }] }],
    ['an unknown expectation', { ...decide, expect: { decisions: [{ outcome: 'deny', reason: '' }] } }],
    ['a call without a tool', { ...decide, calls: [{ atMs: 0 }] }],
  ])('%s', (_what, value) => {
    expect(() => parseCase(JSON.stringify(value))).toThrow();
  });

  test('fewer decisions than calls', async () => {
    const policy = '{"version":"1","default":"allow"}';
    const line = JSON.stringify({ ...decide, policy, calls: [{ atMs: 0, tool: 't' }] });
    expect(await checkCase(parseCase(line))).toEqual({ expected: '0 decisions', got: '1 calls' });
  });

  test('a wrong expectation is told with its call', async () => {
    const policy = '{"version":"1","default":"deny"}';
    const expected = { outcome: 'allow', rule: '' };
    const line = JSON.stringify({
      ...decide,
      policy,
      calls: [{ atMs: 0, tool: 't' }],
      expect: { decisions: [expected] },
    });
    expect(await checkCase(parseCase(line))).toMatchObject({ call: 0, expected, got: { outcome: 'deny' } });
  });
});
