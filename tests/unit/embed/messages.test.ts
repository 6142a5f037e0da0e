import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { portOf, readToFrame, runMessage } from '../../../src/embed/messages.ts';

const connect = { source: 'policy-playground-host', type: 'connect', v: 1 };
const { port1, port2 } = new MessageChannel();
port1.close();

describe('a host that connects', () => {
  test('gives its port', () => {
    expect(portOf(connect, [port1])).toBe(port1);
  });

  test.each([
    ['another version', { ...connect, v: 2 }, [port1]],
    ['another source', { ...connect, source: 'policy-playground' }, [port1]],
    ['one field more', { ...connect, key: 1 }, [port1]],
    ['no port', connect, []],
    ['two ports', connect, [port1, port2]],
    ['nothing', null, [port1]],
  ])('is refused with %s', (_, data, ports) => {
    expect(portOf(data, ports)).toBeNull();
  });
});

describe('what a host says over the port', () => {
  test.each([
    { type: 'run' },
    { type: 'set-theme', theme: 'auto' },
    { type: 'load', link: { v: 1, engine: '0.1.0', policy: { dialect: 'policylayer', text: '' }, scenario: {} } },
  ])('is read: $type', (message) => {
    expect(readToFrame(message)).toEqual(message);
  });

  test.each([
    [null],
    ['run'],
    [{}],
    [{ type: 'eval' }],
    [{ type: 'run', call: 1 }],
    [{ type: 'set-theme', theme: 'pink' }],
    [{ type: 'load', link: '#v1.abc' }],
    [{ type: 'load' }],
  ])('is not read: %j', (message) => {
    expect(readToFrame(message)).toBeNull();
  });

  test('never makes it throw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withTypedArray: true }), (data) => {
        expect(readToFrame(data)).toBeNull();
        expect(portOf(data, [port1])).toBeNull();
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

test('a run is told with hidden calls among the denied', () => {
  const summary = {
    ...{ calls: 9, allowed: 4, denied: 2, approvals: 1, hidden: 2, digest: 'abc', runId: 1, partial: false },
    ...{ plannedCalls: 9, firstMs: 0, lastMs: 1, tools: [], grants: [], rules: [], counters: [], moreCounters: 0 },
    ...{ findings: [], tickets: 0, decideMs: 1 },
  };
  expect(runMessage(summary)).toEqual({ type: 'run', calls: 9, allowed: 4, denied: 4, approvals: 1, digest: 'abc' });
});
