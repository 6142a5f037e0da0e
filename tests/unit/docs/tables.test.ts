import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkPair } from '../../../src/cli/check-pair.ts';
import { splitDefault, typeWords } from '../../../src/docs/field-tables.ts';
import { TABLES } from '../../../src/docs/tables.ts';

const PAGES = new URL('../../../src/docs/', import.meta.url);

/** Rows of a table by the code in their first cell: the other cells. */
function rowsOf(name: string): ReadonlyMap<string, readonly string[]> {
  const lines = (TABLES[name]?.() ?? '').split('\n').slice(2);
  const cells = lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  return new Map(cells.map(([first = '', ...rest]) => [first.replaceAll('`', ''), rest]));
}

test('every table stands on one page', () => {
  const pages = readdirSync(PAGES).filter((file) => file.endsWith('.md'));
  const text = pages.map((file) => readFileSync(new URL(file, PAGES), 'utf8')).join('\n');
  const asked = [...text.matchAll(/<!-- table: ([a-z-]+) -->/g)].map(([, name]) => name);
  expect(asked.toSorted()).toEqual(Object.keys(TABLES).toSorted());
});

test.each(Object.keys(TABLES).filter((name) => !name.endsWith('-codes')))('rows of %s have all their cells', (name) => {
  const [head = '', rule = '', ...rows] = (TABLES[name]?.() ?? '').split('\n');
  const count = (line: string): number => line.split(/(?<!\\)\|/).length;
  expect(rows.length).toBeGreaterThan(0);
  for (const line of [rule, ...rows]) expect(count(line)).toBe(count(head));
});

test.each([
  ['What it is. 1 when left out.', 'What it is.', '1'],
  ['Which calls are counted; all when left out.', 'Which calls are counted; all when left out.', ''],
  ['What it is.', 'What it is.', ''],
])('%s', (description, meaning, leftOut) => {
  expect(splitDefault(description)).toEqual({ meaning, leftOut });
});

test.each([
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'whole number from 0'],
  [{ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, 'whole number'],
  [{ type: 'number', minimum: 0, maximum: 1 }, 'number, 0 to 1'],
  [{ type: 'number', exclusiveMinimum: 0 }, 'number above 0'],
  [{ type: 'string', enum: ['a', 'b'] }, '`"a"`, `"b"`'],
  [{ anyOf: [{ type: 'string' }, { type: 'object' }] }, 'text, or object'],
  [{ type: 'array', items: { type: 'object' }, maxItems: 64 }, 'list of objects, at most 64'],
  [{}, 'any value'],
])('%j is told as %s', (node, words) => {
  expect(typeWords(node)).toBe(words);
});

describe('what a field is when left out', () => {
  /** A burst in which every field counts: failures, denials, retries, approvals and arguments that change. */
  const POLICY = {
    version: '1',
    default: 'deny',
    tools: {
      get_agent_card: { limits: [{ counter: 'cards', window: 'minute', max: 3 }] },
      query_agents: { action: 'require_approval' },
    },
  };
  type Part = Readonly<Record<string, unknown>>;
  const PARTS = ['scenario', 'agent', 'call', 'upstream', 'retry', 'approval'] as const;

  function digestOf(added: Partial<Record<(typeof PARTS)[number], Part>>): string {
    const shaky = { ...added.upstream, failures: 0.5 };
    const card = { call: 'get_agent_card', args: { agentId: 'agent-{{i + 10}}' }, times: 8, every: '1s' };
    const retry = { max: 2, delay: '5s', ...added.retry };
    const scenario = {
      version: '1',
      start: '2026-01-01T12:00:00Z',
      agents: [
        { name: 'a', steps: [{ ...card, upstream: shaky }], onDenied: { retry } },
        { name: 'b', steps: [card, { call: 'query_agents', ...added.call }], ...added.agent },
        { name: 'c', steps: [{ call: 'query_agents', times: 3, every: '1s', upstream: { ...added.upstream } }] },
      ],
      approvals: { mode: 'approve', ...added.approval },
      ...added.scenario,
    };
    const checked = checkPair(
      {
        policyName: 'policy',
        policyText: JSON.stringify(POLICY),
        scenarioName: 'scenario',
        scenarioText: JSON.stringify(scenario),
      },
      'calendar',
    );
    if (checked.kind !== 'checked') throw new Error(checked.problems.join());
    return checked.digest;
  }

  const written = PARTS.flatMap((part) =>
    [...rowsOf(`${part}-fields`)].flatMap(([field, [, leftOut = '']]) =>
      leftOut.startsWith('`') ? [{ part, field, value: leftOut.replaceAll('`', '') }] : [],
    ),
  );

  test.each(written)('$part.$field is $value', ({ part, field, value }) => {
    expect(digestOf({ [part]: { [field]: JSON.parse(value) as unknown } })).toBe(digestOf({}));
  });

  test('there are such fields in every part', () => {
    expect(new Set(written.map(({ part }) => part))).toEqual(new Set(PARTS));
  });
});
