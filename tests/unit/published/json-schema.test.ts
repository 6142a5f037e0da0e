import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { policyJsonSchema, scenarioJsonSchema } from '../../../src/core/published/json-schema.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { policyDocument } from '../policy/arbitrary-policy.ts';
import { errorsOf, read } from '../policy/read.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);
const CASES = new URL('../../cases/', import.meta.url);
const PUBLISHED = [
  { file: 'policy.schema.json', schema: policyJsonSchema() },
  { file: 'scenario.schema.json', schema: scenarioJsonSchema() },
];

function published(file: string): object {
  return JSON.parse(readFileSync(new URL(file, PUBLIC), 'utf8')) as object;
}
const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false, strictRequired: false });
const isPolicy = ajv.compile(published('policy.schema.json'));
const isScenario = ajv.compile(published('scenario.schema.json'));

function cases(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, CASES), 'utf8'));
}

interface ScenarioCases {
  readonly cases: readonly { readonly scenario?: unknown; readonly steps?: readonly unknown[] }[];
}

describe.each(PUBLISHED)('$file', ({ file, schema }) => {
  test('is what the code says today (`npx vitest run --project node -u` writes it anew)', async () => {
    const options = await resolveConfig(new URL(file, PUBLIC));
    const text = await format(JSON.stringify(schema), { ...options, parser: 'json' });
    await expect(text).toMatchFileSnapshot(new URL(file, PUBLIC).pathname);
  });

  test('describes every property in a sentence', () => {
    const described: unknown[] = [];
    JSON.stringify(published(file), (name, value: unknown) => {
      // why: below `anyOf` stand demands on a field that is described above.
      if (name === 'properties') described.push(...fieldsOf(value as Record<string, { const?: unknown }>));
      return value;
    });
    expect(described.length).toBeGreaterThan(20);
    for (const property of described) {
      expect(property).toMatchObject({ description: expect.stringMatching(/^[A-Z].*\.$/) as string });
    }
  });
});

describe('a validator that is not ours', () => {
  const gallery = EXAMPLES.filter(({ dialect, name }) => dialect === 'policylayer' && name !== 'mistakes');

  test.each(gallery.map(({ name, policyText }) => ({ name, policyText })))(
    'takes the policy $name',
    ({ policyText }) => {
      isPolicy(JSON.parse(policyText));
      expect(isPolicy.errors ?? []).toEqual([]);
    },
  );

  test.each(EXAMPLES.map(({ name, scenario }) => ({ name, scenario })))('takes the scenario $name', ({ scenario }) => {
    isScenario(JSON.parse(JSON.stringify(scenario)));
    expect(isScenario.errors ?? []).toEqual([]);
  });

  test.each([
    ['no version', { default: 'deny' }, ''],
    ['another version', { version: '2', default: 'deny' }, '/version'],
    ['a number as the version', { version: 1, default: 'deny' }, '/version'],
    ['`$schema`, which is no field', { $schema: 'x', version: '1', default: 'deny' }, ''],
    ['a field in another case', { version: '1', default: 'deny', Tools: {} }, ''],
    ['a blank hidden name', { version: '1', default: 'deny', hide: [' '] }, '/hide/0'],
    ['a rule without conditions', tool({ require: [{}] }), '/tools/t/require/0'],
    ['a path without `args.`', tool({ require: [condition('amount', 'lte', 1)] }), '/tools/t/require/0/conditions/0'],
    ['text for a number', tool({ require: [condition('args.a', 'lte', '1')] }), '/tools/t/require/0/conditions/0'],
    ['an unknown operator', tool({ deny_if: [condition('args.a', 'like', 1)] }), '/tools/t/deny_if/0/conditions/0'],
    ['a week', tool({ limits: [{ counter: 'c', window: 'week', max: 1 }] }), '/tools/t/limits/0/window'],
    ['half a call', tool({ limits: [{ counter: 'c', window: 'day', max: 0.5 }] }), '/tools/t/limits/0/max'],
    [
      'an increment of 0',
      tool({ limits: [{ counter: 'c', window: 'day', max: 1, increment: 0 }] }),
      '/tools/t/limits/0',
    ],
    [
      'two amounts',
      tool({ limits: [{ counter: 'c', window: 'day', max: 1, increment: 1, increment_from: 'args.a' }] }),
      '/tools/t/limits/0',
    ],
    ['a reason without an action', tool({ reason: 'why' }), '/tools/t'],
    ['a window of two days', tool({ rate_limit: { max: 1, window: 172_800 } }), '/tools/t/rate_limit/window'],
  ])('refuses a policy with %s, as the reader does', (_words, document, place) => {
    expect(isPolicy(document)).toBe(false);
    expect(isPolicy.errors?.some(({ instancePath }) => instancePath.startsWith(place))).toBe(true);
    expect(errorsOf(read(JSON.stringify(document)))).not.toEqual([]);
  });
});

describe('agrees with our own reader', () => {
  /** What only the reader sees: RE2 syntax, and counters and fields that repeat. */
  const BEYOND_POLICY = new Set(['bad-pattern', 'repeated-counter', 'duplicate-name']);
  const BEYOND_SCENARIO = new Set([
    ...[
      'not-data',
      'too-large',
      'too-deep',
      'too-many-calls',
      'too-many-tools',
      'too-long',
      'bad-duration',
      'bad-date',
    ],
    ...['bad-range', 'bad-template', 'bad-operator', 'empty-list', 'repeated-agent'],
  ]);

  test('on every generated policy', () => {
    fc.assert(
      fc.property(policyDocument, (document) => {
        // why: keys such as `__proto__` are own keys only after a round trip.
        isPolicy(JSON.parse(JSON.stringify(document)));
        expect(isPolicy.errors ?? []).toEqual([]);
      }),
    );
  });

  test('on the policies of the cases', () => {
    for (const document of cases('policy/variants/accepted.json') as unknown[]) expect(isPolicy(document)).toBe(true);
    const refused = (cases('policy/variants/refused.json') as { policy: unknown }[]).map(({ policy }) => policy);
    const seen = refused.filter((policy) => {
      return !errorsOf(read(JSON.stringify(policy))).every(([code]) => BEYOND_POLICY.has(code));
    });
    expect(seen.length).toBeGreaterThan(100);
    for (const policy of seen) expect(isPolicy(policy), JSON.stringify(policy)).toBe(false);
  });

  test('on the scenarios of the cases', () => {
    let refused = 0;
    for (const file of readdirSync(new URL('scenario/', CASES))) {
      for (const { scenario: whole, steps } of (cases(`scenario/${file}`) as ScenarioCases).cases) {
        if (whole === undefined && steps === undefined) continue;
        const scenario = whole ?? { version: '1', start: '2026-01-01T00:00:00Z', agents: [{ name: 'a', steps }] };
        const { ok, diagnostics } = checkScenario(scenario);
        if (!ok && diagnostics.every(({ code }) => BEYOND_SCENARIO.has(code))) continue;
        expect(isScenario(scenario), JSON.stringify(scenario)).toBe(ok);
        if (!ok) refused++;
      }
    }
    expect(refused).toBeGreaterThan(30);
  });
});

function tool(rules: object): object {
  return { version: '1', default: 'deny', tools: { t: rules } };
}
function condition(path: string, op: string, value: unknown): object {
  return { conditions: [{ path, op, value }] };
}
/** The fields an object may have, without those that are only compared with nothing. */
function fieldsOf(properties: Readonly<Record<string, { readonly const?: unknown }>>): unknown[] {
  return Object.values(properties).filter((property) => property.const !== '');
}
