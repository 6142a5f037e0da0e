import fc from 'fast-check';
import type { JsonValue } from '../../../src/core/json.ts';
import type { Call } from './decide.ts';

/** Names of tools in generated policies and calls; `*` is no tool's name to Intercept. */
export const TOOLS = ['pay', 'guard', 'a', 'a.b', '_global', '__proto__', 'größe 😀', ''] as const;

/** Paths, of which some are deep and some meet other paths halfway. */
export const PATHS = ['args.amount', 'args.to', 'args.deep.x', 'args.deep', 'args.__proto__', 'args.null'] as const;

/** Few values, so that conditions and arguments meet; many kinds, so that comparing is seldom plain. */
export const VALUES: readonly JsonValue[] = [
  0,
  1,
  2,
  3,
  5,
  7,
  100,
  -1,
  -3,
  2.5,
  0.9,
  -0.5,
  -0,
  1e-5,
  999_999,
  1_000_000,
  1_234_567.5,
  1e15,
  2 ** 53,
  2 ** 63,
  1e19,
  1e21,
  -1e300,
  '',
  '0',
  '5',
  '-0',
  '2.5',
  '1000000',
  '1e+06',
  '1e-05',
  '1e+21',
  '<nil>',
  'true',
  'USD',
  'usd',
  'pay me 12345678',
  '[1 2]',
  '[1e+06]',
  '[1000000]',
  'map[a:1]',
  null,
  true,
  false,
  [],
  [1, 2],
  ['USD', 5],
  [1_000_000],
  [null, 'x'],
  {},
  { a: 1 },
  { a: 1_000_000 },
  { x: 5 },
];

export const value = fc.constantFrom(...VALUES);

const member = fc.oneof({ weight: 3, arbitrary: value }, { weight: 2, arbitrary: fc.integer({ min: -2, max: 12 }) });

const args = fc
  .record(
    {
      amount: member,
      to: member,
      deep: fc.oneof({ weight: 3, arbitrary: fc.record({ x: member }) }, { weight: 1, arbitrary: member }),
      null: fc.constant(null),
    },
    { requiredKeys: [] },
  )
  .chain((record) => fc.option(member, { nil: undefined }).map((own) => withOwnProto(record, own)));

function withOwnProto(record: object, own: JsonValue | undefined): Record<string, JsonValue> {
  const entries = Object.entries(record) as [string, JsonValue][];
  return Object.fromEntries(own === undefined ? entries : [...entries, ['__proto__', own]]);
}

/** A moment before a minute, an hour and a day end. */
const START_MS = Date.UTC(2026, 0, 1, 23, 59, 30);

/** Calls of several grants and sessions over some minutes, failures and late answers among them. */
export const calls: fc.Arbitrary<readonly Call[]> = fc
  .array(
    fc.record({
      atMs: fc.integer({ min: 0, max: 150_000 }).map((offset) => START_MS + offset),
      grant: fc.constantFrom('g', 'g', 'h'),
      session: fc.constantFrom('s', 't'),
      tool: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('pay', 'guard') },
        { weight: 2, arbitrary: fc.constantFrom(...TOOLS, 'unlisted') },
      ),
      args,
      upstream: fc.constantFrom('ok', 'ok', 'ok', 'tool_error', 'rpc_error', 'rpc_error', 'timeout'),
      latencyMs: fc.constantFrom(0, 0, 5, 900, 20_000, 90_000),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) => [...all].sort((a, b) => a.atMs - b.atMs));
