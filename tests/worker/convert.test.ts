import { expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../src/core/catalogue/seed.ts';
import type { ConversionResult } from '../../workers/engine-api.ts';
import { connect } from './connect.ts';

const YAML = `# night shift
version: "1"
tools:
  pay:
    rules:
      - name: cap
        rate_limit: 3/minute
`;

function converted(result: ConversionResult) {
  if (result.kind !== 'ok') throw new Error(`not converted: ${JSON.stringify(result)}`);
  return result;
}

test('a policy comes back in the other dialect, with its notes in their places', async () => {
  const source = { dialect: 'auto', text: SEED_POLICY_TEXT } as const;
  const { from, text, groups } = converted(await connect().convert(source, 'intercept'));
  expect(from).toBe('policylayer');
  expect(text).toMatch(/^version: "1"\n/);
  expect(groups.map(({ code, severity, count }) => [code, severity, count])).toEqual([
    ['counter-scope', 'differs', 1],
    ['roll-back', 'differs', 1],
    ['own-words', 'same', 1],
  ]);
  const [scope, , words] = groups;
  const { range, line } = scope!.notes[0]!.place!;
  expect(line).toBe(SEED_POLICY_TEXT.slice(0, range.start).split('\n').length);
  expect(JSON.parse(SEED_POLICY_TEXT.slice(range.start, range.end))).toMatchObject({
    counter: 'issue_audit_ticket_rate',
  });
  expect(words!.notes[0]!.place).toBeNull();
});

test('and the other way, where comments are named', async () => {
  const { from, text, groups } = converted(await connect().convert({ dialect: 'auto', text: YAML }, 'policylayer'));
  expect(from).toBe('intercept');
  expect(JSON.parse(text)).toMatchObject({ version: '1', tools: { pay: { limits: [{ window: 'minute', max: 3 }] } } });
  expect(groups.find(({ code }) => code === 'comments')?.notes[0]?.message).toBe('`# night shift` is left out');
});

test('a text with errors is not converted, and what is wrong is said', async () => {
  const result = await connect().convert({ dialect: 'auto', text: '{ "version": "2" }' }, 'intercept');
  expect(result).toMatchObject({ kind: 'policy-invalid' });
  expect(result.kind === 'policy-invalid' && result.diagnostics.length).toBeGreaterThan(0);
});

test('of many notes of one kind the first are sent, and their number', async () => {
  const tools = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`tool${String(i)}`, { limits: [{ counter: 'c', window: 'day', max: 1 }] }]),
  );
  const text = JSON.stringify({ version: '1', default: 'allow', tools });
  const { groups } = converted(await connect().convert({ dialect: 'auto', text }, 'intercept'));
  expect(groups[0]).toMatchObject({ code: 'counter-scope', count: 60 });
  expect(groups[0]?.notes).toHaveLength(50);
});
