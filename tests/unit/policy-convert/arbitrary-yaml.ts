import fc from 'fast-check';
import { OPERATORS, type Operator } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { PATHS, TOOLS, VALUES } from './arbitrary-calls.ts';

/** Numbers as YAML writes them: whole, decimal, and what JSON has no words for. */
const PLAIN_NUMBERS = ['0', '1', '2', '3', '5', '7', '-1', '2.5', '4.5', '0.9', '0.5', '5.0', '999999'];
const ODD_NUMBERS = ['1000000', '1e6', '1000000.0', '-0.0', '-0.5', '.inf', '-.inf', '.nan', '9007199254740993'];
const HUGE_NUMBERS = ['9223372036854775807', '9223372036854775808.0', '18446744073709551616', '1e30', '-1e30'];
const number = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...PLAIN_NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...HUGE_NUMBERS) },
);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...VALUES.map((each) => JSON.stringify(each))) },
  { weight: 1, arbitrary: number },
);
const path = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 1, arbitrary: fc.constantFrom('args.', 'args.deep..x') },
);
const onDeny = fc.constantFrom('', '', ', on_deny: "no"', ', on_deny: "ask a person: #1"');
const name = fc.constantFrom('cap', 'floor', 'say "no"', 'größe');

function operand(op: Operator): fc.Arbitrary<string> {
  switch (op) {
    case 'in':
    case 'not_in':
      return fc.array(value, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return number;
    case 'regex':
      return fc.constantFrom('""', '"^U"', '"(?P<a>.)(?P<a>.)"', '"\\\\d{3}"');
    case 'exists':
      return fc.constantFrom('true', 'false');
    default:
      return value;
  }
}

const asked = (where: string, op: Operator, what: string): string =>
  `{ path: ${JSON.stringify(where)}, op: ${op}, value: ${what} }`;

const condition = fc
  .constantFrom(...OPERATORS)
  .chain((op) => fc.tuple(path, operand(op)).map(([where, what]) => asked(where, op, what)));

const ANY_COUNTER = ['state.pay.calls', 'state.guard.spend', 'state._global.calls', 'state.*.calls', 'state.pay.idle'];
const onAnyCounter = fc
  .tuple(fc.constantFrom(...ANY_COUNTER), fc.constantFrom('lt', 'gte', 'exists', 'eq'), number)
  .map(([where, op, bound]) => asked(where, op as Operator, op === 'exists' ? 'true' : bound));

const conditions = fc.oneof(
  { weight: 12, arbitrary: fc.array(condition, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.array(onAnyCounter, { minLength: 1, maxLength: 1 }) },
);

/** A rule, and the counter it keeps, if any. */
interface Written {
  readonly text: string;
  readonly counter: string;
}

const asking = fc.tuple(name, conditions, onDeny).map(([called, all, text]) => ({
  text: `{ name: ${JSON.stringify(called)}, conditions: [${all.join(', ')}]${text} }`,
  counter: '',
}));
const denying = fc
  .tuple(name, onDeny)
  .map(([called, text]) => ({ text: `{ name: ${JSON.stringify(called)}, action: deny${text} }`, counter: '' }));
const rateLimit = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('minute', 'hour', 'day'), onDeny)
  .map(([most, window, text]) => ({
    text: `{ name: rate, rate_limit: ${most}/${window}${text} }`,
    counter: `_rate_${window}`,
  }));

const increments = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(', increment: 0', ', increment: 2', ', increment: -2', ', increment: 1.9') },
  { weight: 3, arbitrary: path.map((where) => `, increment_from: ${JSON.stringify(where)}`) },
);

const bound = (...ops: readonly Operator[]) => fc.tuple(fc.constantFrom(...ops), number);
const bounds: fc.Arbitrary<readonly [Operator, string][]> = fc.oneof(
  { weight: 8, arbitrary: fc.array(bound('lt', 'lte'), { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(bound('lt', 'lte', 'gt', 'eq'), { minLength: 2, maxLength: 2 }) },
);

function counting(tool: string): fc.Arbitrary<Written> {
  const scope = tool === '*' ? '_global' : tool;
  return fc
    .record({
      called: name,
      counter: fc.constantFrom('calls', 'spend', 'b.c', ' '),
      bounds,
      others: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(condition, { maxLength: 1 }) },
      ),
      window: fc.constantFrom('minute', 'hour', 'day'),
      increment: increments,
      text: onDeny,
    })
    .map(({ called, counter, bounds: all, others, window, increment, text }) => {
      const own = all.map(([op, most]) => asked(`state.${scope}.${counter}`, op, most));
      const state = `{ counter: ${JSON.stringify(counter)}, window: ${window}${increment} }`;
      const rule = `{ name: ${JSON.stringify(called)}, conditions: [${[...own, ...others].join(', ')}], state: ${state}${text} }`;
      return { text: rule, counter };
    });
}

const idle = fc.tuple(condition, increments).map(([only, increment]) => ({
  text: `{ name: idle, conditions: [${only}], state: { counter: idle, window: hour${increment} } }`,
  counter: 'idle',
}));

function rules(tool: string): fc.Arbitrary<string> {
  const rule: fc.Arbitrary<Written> = fc.oneof(
    { weight: 8, arbitrary: asking },
    { weight: 1, arbitrary: denying },
    { weight: 3, arbitrary: rateLimit },
    { weight: 6, arbitrary: counting(tool) },
    { weight: 1, arbitrary: idle },
  );
  const selector = ({ counter, text }: Written): string => counter || text;
  return fc
    .uniqueArray(rule, { selector, maxLength: 3 })
    .map((all) => `  ${JSON.stringify(tool)}: { rules: [${all.map(({ text }) => text).join(', ')}] }\n`);
}

const tools = fc
  .tuple(
    fc.subarray(['pay', 'guard']),
    fc.option(fc.constantFrom(...TOOLS.slice(2)), { nil: undefined, freq: 2 }),
    fc.option(fc.constant('*'), { nil: undefined, freq: 2 }),
  )
  .chain((names) =>
    fc.tuple(
      ...names
        .flat()
        .filter((each) => each !== undefined)
        .map(rules),
    ),
  );

const document = fc
  .record({
    defaultAction: fc.constantFrom('', '', 'default: allow\n', 'default: deny\n'),
    hide: fc.constantFrom('', '', '', 'hide: [guard]\n', 'hide: ["*"]\n'),
    tools,
  })
  .map(
    ({ defaultAction, hide, tools: all }) =>
      `version: 1\n${defaultAction}${hide}${all.length > 0 ? 'tools:\n' : ''}${all.join('')}`,
  );

/** Texts of valid `intercept` policies with every feature. A counter that is asked for is sometimes kept by nobody. */
export const yamlText = document.filter(
  (text) =>
    parsePolicy(text, { dialect: 'intercept', compilePattern, readers: { intercept: readIntercept } }).policy !== null,
);
