import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ARGUMENT_DEPTH } from '../../../src/core/traces/limits.ts';
import { traceArguments } from '../../../src/core/traces/plan-trace.ts';
import { createTraceReader } from '../../../src/core/traces/read-trace.ts';
import { SKIP_REASONS, type TraceReading } from '../../../src/core/traces/trace.ts';
import { describeReading } from './describe-reading.ts';

const FOLDER = new URL('../../cases/traces/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => !name.endsWith('.expected.json'));

const contentOf = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');
const read = (text: string): TraceReading => createTraceReader(text).finish();
const reasons = ({ skipped }: TraceReading): string[] => [...skipped.why].map((why) => SKIP_REASONS[why] ?? '');
const callLine = (args: string): string =>
  `{"method":"tools/call","params":{"name":"query_agents","arguments":${args}}}`;

describe('recorded files', () => {
  test.each(files)('%s is read as expected', (name) => {
    expect(describeReading(read(contentOf(name)))).toEqual(JSON.parse(contentOf(`${name}.expected.json`)));
  });

  test.each(files)('%s is read the same record by record', (name) => {
    const reader = createTraceReader(contentOf(name));
    while (!reader.advance(1)) expect(reader.done).toBeLessThanOrEqual(reader.length);
    expect(describeReading(reader.finish())).toEqual(describeReading(read(contentOf(name))));
  });

  test('together they show every way a record can be skipped, but for those of size', () => {
    const shown = new Set(files.flatMap((name) => reasons(read(contentOf(name)))));
    const ofSize = ['too-long', 'arguments-too-deep', 'too-many-names', 'too-many-calls'];
    expect([...shown, ...ofSize].toSorted()).toEqual([...SKIP_REASONS].toSorted());
  });
});

describe('sizes', () => {
  test('arguments nest up to their limit', () => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
    const lines = [MAX_ARGUMENT_DEPTH, MAX_ARGUMENT_DEPTH + 1, 100_000].map((depth) => callLine(nested(depth)));
    const reading = read(lines.join('\n'));
    expect(reading.trace.count).toBe(1);
    expect([...reading.skipped.line]).toEqual([2, 3]);
    expect(reasons(reading)[0]).toBe('arguments-too-deep');
  });

  test('more callers than a run can name are listed', () => {
    const lines = Array.from({ length: 65_537 }, (_, i) => `{"session":"s${i}","message":${callLine('{}')}}`);
    const reading = read(lines.join('\n'));
    expect(reading.trace.count).toBe(65_535);
    expect([...reading.skipped.line]).toEqual([65_536, 65_537]);
    expect(new Set(reasons(reading))).toEqual(new Set(['too-many-names']));
  });

  test('a record longer than its limit is listed and reading goes on', () => {
    const reading = read(`${callLine(JSON.stringify({ a: 'x'.repeat(17_000_000) }))}\n${callLine('{}')}`);
    expect(reasons(reading)).toEqual(['too-long']);
    expect(reading.trace.count).toBe(1);
  });

  test.each([
    ['empty lists on one line', '[]'.repeat(200_000)],
    ['lists that are never closed', '[{'.repeat(200_000)],
    ['objects that are never closed', '{"a":{\n'.repeat(50_000)],
    ['texts that are never closed', '{"\n'.repeat(50_000)],
    ['backslashes', `{"${'\\'.repeat(400_000)}`],
    ['blank lines', '\n'.repeat(400_000)],
    ['members on one line', `[${Array.from({ length: 50_000 }, () => '{"a":1}').join(',')}]`],
  ])('%s are read in time proportional to the text', (_, text) => {
    const reading = read(text);
    expect(reading.trace.count).toBe(0);
    expect(reading.records).toBeGreaterThan(0);
  });
});

describe('arguments', () => {
  test('keys such as `__proto__` stay plain keys', () => {
    const { trace } = read(callLine('{"__proto__":{"polluted":true},"toString":1}'));
    const args = traceArguments(trace)(0);
    expect(Object.keys(args)).toEqual(['__proto__', 'toString']);
    expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  test('equal arguments of a tool have one text, and ids outside the table give none', () => {
    const { trace } = read([callLine('{"a":1}'), callLine('{"a":1}'), callLine('{"a":2}')].join('\n'));
    expect([...trace.args]).toEqual([0, 0, 1]);
    expect(traceArguments(trace)(7)).toEqual({});
  });
});

const oneLine = (text: string): string => text.replaceAll(/[\n\r[]/g, ' ');
const anyLine = fc.oneof(
  fc.string({ maxLength: 60 }).map(oneLine),
  fc.json({ maxDepth: 3 }).map(oneLine),
  fc.constantFrom(...files.flatMap((name) => contentOf(name).split('\n')).filter((line) => !/^\s*\[/.test(line))),
  fc.constantFrom(callLine('{}'), '{"jsonrpc":"2.0","id":1,"result":{}}', '', '{"role":"user","content":"hi"}'),
);

describe('any text', () => {
  test('is read without a throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyLine, fc.string()), { maxLength: 20 }), (lines) => {
        const reading = read(lines.join('\n'));
        expect(reading.trace.args.every((id) => typeof traceArguments(reading.trace)(id) === 'object')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves no line out: each is a call, something known that is none, or listed', () => {
    const marker = '{"jsonrpc":"2.0","id":"last","result":{}}';
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (lines) => {
        const reading = read([...lines, marker].join('\n'));
        const others = reading.others.reduce((sum, { count }) => sum + count, 0);
        const accounted = reading.trace.count + others + reading.skipped.line.length;
        expect(accounted).toBeGreaterThanOrEqual(reading.records);
        expect(reading.lines).toBe(lines.length + 1);
        expect(reading.skipped.line.every((line, i, all) => line >= (all[i - 1] ?? 1))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('calls come out sorted by time, ties as in the file', () => {
    const call = fc.integer({ min: 1_700_000_000, max: 1_700_000_003 });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 30 }), (seconds) => {
        const lines = seconds.map((at, i) => `{"ts":${at},"message":${callLine(`{"i":${i}}`)}}`);
        const { trace } = read(lines.join('\n'));
        const argsAt = traceArguments(trace);
        const made = Array.from(trace.atMs, (atMs, k) => [atMs / 1000, argsAt(trace.args[k] ?? -1)['i']]);
        const expected = seconds.map((at, i) => [at, i]).toSorted(([a = 0], [b = 0]) => a - b);
        expect(made).toEqual(expected);
      }),
    );
  });
});
