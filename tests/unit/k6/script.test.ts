import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { K6_NOTES, MAX_SCRIPT_CALLS } from '../../../src/core/k6/export.ts';
import { k6Pass } from '../../../src/core/k6/k6-script.ts';
import { stringLiteral } from '../../../src/core/k6/literal.ts';
import { tokenNames } from '../../../src/core/k6/token-names.ts';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { livingRun, scriptOf } from '../../gateway/k6-runs.ts';

const OPEN = '{"version":"1","default":"allow"}';

/** The run of agents under an open policy. */
function runOf(agents: Scenario['agents'], more: Partial<Scenario> = {}, policyText = OPEN): Promise<Run> {
  const scenario: Scenario = { version: '1', start: '2026-01-01T12:00:00.000Z', agents, ...more };
  return livingRun({ policyText, scenario, windows: 'calendar' });
}

const card = (times: number) => ({ call: 'get_agent_card', times, every: '1ms', args: { agentId: 'agent-1' } });

/** Every string literal of a script that holds JSON, parsed. */
function dataOf(text: string): unknown[] {
  const found: unknown[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && /^[{[]/.test(node.text)) found.push(JSON.parse(node.text));
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('x.js', text, ts.ScriptTarget.ES2022));
  return found;
}

describe('variables of tokens', () => {
  it.each([
    [['planner'], { planner: 'TOKEN_PLANNER' }],
    [['a.b', 'a-b'], { 'a-b': 'TOKEN_A_B_1', 'a.b': 'TOKEN_A_B_2' }],
    [['a.b', 'a-b', 'a_b_1'], { 'a-b': 'TOKEN_A_B_2', 'a.b': 'TOKEN_A_B_3', a_b_1: 'TOKEN_A_B_1' }],
    [['', 'é', 'ß'], { '': 'TOKEN_', é: 'TOKEN__', ß: 'TOKEN_SS' }],
    [['__proto__'], { ['__proto__']: 'TOKEN___PROTO__' }],
  ])('of %j', (grants, expected) => {
    expect([...tokenNames(grants)].sort()).toEqual(Object.entries(expected).sort());
  });

  it('are valid, never shared, and do not depend on the order of grants', () => {
    const names = fc.uniqueArray(fc.oneof(fc.string(), fc.stringMatching(/^[ab._1-2]{1,4}$/)), { maxLength: 30 });
    fc.assert(
      fc.property(names, (grants) => {
        const given = tokenNames(grants);
        expect(new Set(given.values()).size).toBe(grants.length);
        for (const name of given.values()) expect(name).toMatch(/^TOKEN_[A-Z0-9_]*$/);
        expect([...tokenNames([...grants].reverse())].sort()).toEqual([...given].sort());
      }),
    );
  });
});

describe('what a person wrote', () => {
  it('is a literal that reads as it was, and ends nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('</script>\u2028\u2029\\"`${}*/')), (text) => {
        const literal = stringLiteral(text);
        expect(literal).not.toMatch(/[\u2028\u2029\n<]/);
        const file = ts.createSourceFile('x.js', `(${literal})`, ts.ScriptTarget.ES2022);
        expect(JSON.parse(literal)).toBe(text);
        expect(file.statements.map(({ end }) => end)).toEqual([literal.length + 2]);
      }),
    );
  });

  it('is data and never code, wherever it stands', async () => {
    const evil = '*/ process.exit(); // </script>\u2028\n`${1}` "\'';
    const args = JSON.parse(
      `{"__proto__":{"polluted":true},${JSON.stringify(evil)}:[1.5,null,{"deep":"\\u0000"}]}`,
    ) as object;
    const agent = { name: evil, grant: evil, session: evil, steps: [{ call: evil, args: { ...args } }] };
    Object.defineProperty(agent.steps[0]!.args, '__proto__', { value: { polluted: true }, enumerable: true });
    const { text } = scriptOf(await runOf([agent]), { name: evil });
    const safe = scriptOf(await runOf([{ name: 'a', steps: [{ call: 'b', args: { c: 1 } }] }]), { name: 'c' });
    const shape = (script: string): string => script.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    expect(shape(text)).toBe(shape(safe.text));
    const data = dataOf(text);
    expect(data[0]).toMatchObject({ name: evil, callers: [{ grant: evil, session: evil }], tools: [{ name: evil }] });
    expect(JSON.stringify(data[1])).toContain(JSON.stringify(args));
  });
});

describe('the columns of a caller', () => {
  it('are differences, with a table of the arguments', async () => {
    const run = await runOf([
      { name: 'a', steps: [{ call: 'get_agent_card', times: 4, every: '10ms', args: { agentId: 'agent-{{i % 2}}' } }] },
      { name: 'b', steps: [{ wait: '5ms' }, card(1)] },
    ]);
    const { text, callers, calls, spanMs, tokens } = scriptOf(run);
    expect({ callers, calls, spanMs }).toEqual({ callers: 2, calls: 5, spanMs: 30 });
    expect(tokens).toEqual([
      { grant: 'a', variable: 'TOKEN_A' },
      { grant: 'b', variable: 'TOKEN_B' },
    ]);
    expect(dataOf(text).slice(1)).toEqual([
      {
        call: [1, 2, 1, 1],
        at: [0, 10, 10, 10],
        tool: [0, 0, 0, 0],
        args: [0, 1, 0, 1],
        outcome: [0, 0, 0, 0],
        answer: [2, 1, 2, 1],
        table: [{ agentId: 'agent-0' }, { agentId: 'agent-1' }],
      },
      { call: [2], at: [5], tool: [0], args: [0], outcome: [0], answer: [1], table: [{ agentId: 'agent-1' }] },
    ]);
  });

  it('are shared by agents of one grant and session', async () => {
    const agent = { grant: 'g', session: 's', steps: [card(2)] };
    const run = await runOf([
      { name: 'a', ...agent },
      { name: 'b', ...agent },
      { name: 'c', ...agent, session: 't' },
      { name: 'idle', steps: [] },
    ]);
    expect(scriptOf(run)).toMatchObject({ callers: 2, calls: 6, tokens: [{ grant: 'g', variable: 'TOKEN_G' }] });
  });
});

describe('notes', () => {
  const limit = { limits: [{ counter: 'c', window: 'hour', max: 1, scope: 'grant' }] };
  const strict = JSON.stringify({ version: '1', default: 'deny', tools: { get_agent_card: limit } });

  it('tell that agents react, and stand in the file', async () => {
    const { text, notes, windowMs, calls } = scriptOf(
      await runOf([{ name: 'a', onDenied: { retry: { max: 2, delay: '1s' } }, steps: [card(2)] }], {}, strict),
    );
    expect(notes).toEqual(['reactive']);
    expect({ windowMs, calls }).toEqual({ windowMs: 3_600_000, calls: 4 });
    expect(text).toContain(`// ${K6_NOTES.reactive}\n`);
  });

  it('tell of approvals, forced failures, what-if windows and a run cut short', async () => {
    const approval = JSON.stringify({
      version: '1',
      default: 'deny',
      tools: { get_agent_card: { action: 'require_approval' } },
    });
    const steps = [{ ...card(20), upstream: { failures: 0.5 } }];
    const run = await runOf([{ name: 'a', steps }], {}, approval);
    expect(scriptOf({ ...run, partial: true, windows: 'sliding' }).notes).toEqual([
      'approvals',
      'failures',
      'partial',
      'sliding',
    ]);
    expect(scriptOf(await runOf([{ name: 'a', steps: [card(1)] }])).notes).toEqual([]);
  });
});

describe('sizes', () => {
  it('stay small for large runs', async () => {
    const run = await runOf([{ name: 'a', steps: [card(150_000)] }]);
    const { text, calls } = scriptOf(run);
    expect(calls).toBe(150_000);
    expect(text.length).toBeLessThan(150_000 * 15);
  });

  it('have a bound, and nothing is no script', async () => {
    const run = await runOf([{ name: 'a', steps: [card(1)] }]);
    const of = (count: number) => ({ ...run, columns: { ...run.columns, count } });
    expect(k6Pass(of(0), { align: 'minute', name: '' }).finish()).toEqual({ kind: 'empty' });
    const pass = k6Pass(of(MAX_SCRIPT_CALLS + 1), { align: 'minute', name: '' });
    expect(pass.finish()).toEqual({ kind: 'too-large' });
  });

  it('of arguments have a bound too', async () => {
    const text = 'x'.repeat(700_000);
    const run = await runOf([{ name: 'a', steps: [{ ...card(100), args: { agentId: `{{i}} ${text}` } }] }]);
    expect(complete(k6Pass(run, { align: 'minute', name: '' }), run.columns.count)).toEqual({ kind: 'too-large' });
  });

  it('do not depend on how the work is cut', async () => {
    const run = await runOf([{ name: 'a', steps: [card(50)] }]);
    const options = { align: 'minute', name: 'cut' } as const;
    const pass = k6Pass(run, options);
    for (let at = 0; at < 50; at += 7) pass.add(at, Math.min(50, at + 7));
    expect(pass.finish()).toEqual(complete(k6Pass(run, options), run.columns.count));
  });
});
