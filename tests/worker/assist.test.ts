import { proxy } from 'comlink';
import { describe, expect, test } from 'vitest';
import { connect, seedInput } from './connect.ts';

const JSON_TEXT = '{ "default": "" }';
const SOURCE = { dialect: 'auto', text: JSON_TEXT } as const;

describe('help while writing, through the worker', () => {
  test('completes in the dialect of the text', async () => {
    const engine = connect();
    const json = await engine.assist({ kind: 'complete', source: SOURCE, offset: 14 });
    const yaml = await engine.assist({ kind: 'complete', source: { dialect: 'auto', text: 'default: ' }, offset: 9 });
    const labels = [json, yaml].map((answer) => {
      return answer.kind === 'completions' ? answer.completions.map(({ insert }) => insert) : answer.kind;
    });
    expect(labels).toEqual([
      ['"deny"', '"allow"'],
      ['deny', 'allow'],
    ]);
  });

  test('answers the newest of the requests that wait together', async () => {
    const engine = connect();
    const ask = (offset: number) => engine.assist({ kind: 'hover', source: SOURCE, offset });
    const [first, last] = await Promise.all([ask(1), ask(4)]);
    expect(first.kind).toBe('gone');
    expect(last).toMatchObject({ kind: 'hover', hover: { range: { start: 2, end: 11 } } });
  });

  test('lays out both dialects, and says why not', async () => {
    const engine = connect();
    const layOut = (text: string) => engine.assist({ kind: 'format', source: { dialect: 'auto', text }, offset: 0 });
    expect((await layOut('{"a":1}')).kind).toBe('edits');
    expect((await layOut('a:   1\n')).kind).toBe('edits');
    expect(await layOut('{')).toEqual({ kind: 'refused', reason: 'the text is no whole JSON document' });
  });
});

describe('coverage, through the worker', () => {
  test('says what every rule of the newest run did', async () => {
    const engine = connect();
    const result = await engine.run(
      seedInput(),
      proxy(() => undefined),
    );
    if (result.kind !== 'done') throw new Error(result.kind);
    expect(await engine.coverage(result.summary.runId)).toEqual({
      kind: 'ok',
      value: [{ pointer: '/tools/issue_audit_ticket/limits/0', kind: 'limit', reached: 120, decided: 40 }],
    });
    expect(await engine.coverage(result.summary.runId + 1)).toEqual({ kind: 'gone' });
  });
});
