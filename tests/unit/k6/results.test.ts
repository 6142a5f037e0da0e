import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsResults, K6ResultReader, MAX_RESULTS } from '../../../src/core/k6/results.ts';

const line = (call: number, more: object = {}): string =>
  JSON.stringify({
    call,
    tool: 'get_agent_card',
    grant: 'a',
    predicted: 'allow',
    actual: 'allow',
    agrees: true,
    ...more,
  });

function read(...pieces: string[]) {
  const reader = new K6ResultReader();
  for (const piece of pieces) reader.add(piece);
  return reader.finish();
}

const WHOLE = {
  time: '2031-05-06T07:08:09.500Z',
  session: 's1',
  predicted: 'deny',
  agrees: false,
  expectedAnswer: null,
  answer: 'ok',
  ms: 12.5,
  lateMs: 3,
  text: 'words',
};

describe('results', () => {
  it('are read with everything in them', () => {
    const { name, planned, results, skipped } = read(`{"run":"A run","calls":3}\n${line(2, WHOLE)}\n`);
    expect({ name, planned, skipped }).toEqual({ name: 'A run', planned: 3, skipped: 0 });
    expect(results).toEqual([
      {
        call: 2,
        atMs: Date.parse(WHOLE.time),
        tool: 'get_agent_card',
        grant: 'a',
        predicted: 'deny',
        actual: 'allow',
        agrees: false,
        ms: 12.5,
        lateMs: 3,
        text: 'words',
      },
    ]);
  });

  it('of several machines are put in order', () => {
    const { results, planned } = read(
      `{"run":"r","calls":4}\n${line(3)}\n${line(1)}\n`,
      `{"run":"r","calls":4}\n${line(2)}`,
    );
    expect(results.map(({ call }) => call)).toEqual([1, 2, 3]);
    expect(planned).toBe(4);
  });

  it.each([
    ['text', `time="2031-05-06T07:08:09Z" level=info msg=${JSON.stringify(line(7))} source=console`],
    ['JSON', JSON.stringify({ level: 'info', msg: line(7), source: 'console', time: '2031-05-06T07:08:09Z' })],
  ])('are found in k6’s own %s log too', (_, text) => {
    expect(read(text).results.map(({ call }) => call)).toEqual([7]);
  });

  it.each([
    ['no JSON', 'default ✓ [ 100% ] 1 VUs'],
    ['a list', '[1]'],
    ['a call that is no number', line(1, { call: '1' })],
    ['call 0', line(0)],
    ['an outcome nobody knows', line(1, { actual: 'maybe' })],
    ['an outcome that comes from elsewhere', line(1, { predicted: 'constructor' })],
    ['a prediction of no answer', line(1, { predicted: 'none' })],
    ['a broken message', 'msg="{\\q}"'],
    ['a line without end', line(1, { text: 'x'.repeat(20_000) })],
  ])('are not made of %s', (_, text) => {
    expect(read(`${text}\n`)).toEqual({ name: '', planned: null, results: [], skipped: 1, leftOut: 0 });
  });

  it('say whether they agree where the file does not', () => {
    const of = (predicted: string, actual: string) =>
      read(line(1, { predicted, actual, agrees: 'x' })).results[0]?.agrees;
    expect([of('allow', 'allow'), of('allow', 'none'), of('deny', 'hidden'), of('approval', 'allow')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('do not depend on how the file is cut', () => {
    const text = ['{"run":"r","calls":3}', line(2, WHOLE), 'noise', line(1), ''].join('\r\n');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        expect(read(text.slice(0, first), text.slice(first, second), text.slice(second))).toEqual(read(text));
      }),
    );
  });

  it('are kept up to a bound, and the rest is counted', () => {
    const many = `${line(1)}\n`.repeat(MAX_RESULTS / 10);
    const { results, leftOut } = read(...Array.from({ length: 10 }, () => many), `${line(2)}\n`);
    expect([results.length, leftOut]).toEqual([MAX_RESULTS, 1]);
  });
});

describe('a file', () => {
  it.each([
    ['results', line(1), true],
    ['only the head of a run', '{"run":"r","calls":3}\n', true],
    ['results behind words of k6', `running\n${line(1)}\n${line(2).slice(0, 20)}`, true],
    ['a policy', '{"version":"1","default":"deny"}', false],
    [
      'an audit log',
      '{"time":"2026-01-01T00:00:00.000Z","requestId":"req-000001","tool":"x","outcome":"allow"}',
      false,
    ],
    ['nothing', '', false],
  ])('with %s is told by its beginning', (_, text, expected) => {
    expect(holdsResults(text)).toBe(expected);
  });
});
