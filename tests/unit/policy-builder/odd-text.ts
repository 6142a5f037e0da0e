import fc from 'fast-check';

/** A document's value and a text that says it in an unusual way, comments `c1`, `c2`, … all over it. */
export interface OddText {
  readonly value: Record<string, unknown>;
  readonly text: string;
}

type Pick = (below: number) => number;

/** Whole numbers below a bound, the same for the same seed. */
function picker(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function writeJson(value: unknown, pick: Pick): string {
  const newline = pick(3) === 0 ? '\r\n' : '\n';
  let comments = 0;
  const blank = (): string => {
    const comment = `c${String(++comments)}`;
    return ['', ' ', newline, `${newline}    `, ` /* ${comment} */ `, ` // ${comment}${newline}  `][pick(6)] ?? '';
  };
  const write = (part: unknown): string => {
    const list = Array.isArray(part) ? part.map(write) : [];
    const parts = isObject(part)
      ? Object.entries(part).map(([name, inner]) => `${JSON.stringify(name)}${blank()}:${blank()}${write(inner)}`)
      : list;
    if (!isObject(part) && !Array.isArray(part)) return JSON.stringify(part);
    const [open, close] = Array.isArray(part) ? '[]' : '{}';
    const trailing = parts.length > 0 && pick(4) === 0 ? `,${blank()}` : '';
    return `${open ?? ''}${parts.map((each) => blank() + each + blank()).join(',')}${trailing}${blank()}${close ?? ''}`;
  };
  return blank() + write(value) + blank();
}

function writeYaml(value: Record<string, unknown>, pick: Pick): string {
  const newline = pick(3) === 0 ? '\r\n' : '\n';
  const step = 2 + 2 * pick(2);
  const dashIndent = pick(2) === 0 ? 0 : step;
  let comments = 0;
  const comment = (): string => `# c${String(++comments)}`;
  const behind = (): string => (pick(4) === 0 ? `  ${comment()}` : '');
  const above = (indent: string): string => (pick(4) === 0 ? `${newline}${indent}${comment()}` : '');
  const flow = (part: unknown): string =>
    typeof part === 'string' && /^[a-z_ ]+$/.test(part) && part !== 'yes' ? part : JSON.stringify(part);
  const single = (part: unknown): string => {
    if (typeof part !== 'string' || pick(3) > 0) return flow(part);
    return JSON.stringify(part);
  };
  const isFlow = (part: unknown): boolean =>
    (!isObject(part) && !Array.isArray(part)) || Object.keys(part).length === 0 || pick(5) === 0;
  const write = (part: unknown, indent: string): string => {
    if (isObject(part))
      return Object.entries(part)
        .map(member(indent))
        .join(newline + indent);
    if (!Array.isArray(part)) return single(part);
    return part.map((item) => `- ${inner(item, `${indent}  `)}`).join(newline + indent);
  };
  const inner = (item: unknown, indent: string): string =>
    isFlow(item) ? single(item) + behind() : write(item, indent);
  const member =
    (indent: string) =>
    ([name, part]: [string, unknown]): string => {
      const key = flow(name);
      if (isFlow(part)) return `${key}:${' '.repeat(1 + pick(2))}${single(part)}${behind()}`;
      const deeper = indent + ' '.repeat(Array.isArray(part) ? dashIndent : step);
      return `${key}:${behind()}${above(deeper)}${newline}${deeper}${write(part, deeper)}${above(deeper)}`;
    };
  return `${pick(2) === 0 ? `${comment()}${newline}` : ''}${write(value, '')}${pick(2) === 0 ? newline : ''}`;
}

const TOOLS = ['create_escrow', 'guard_tool', 'a/b~c', '__proto__', 'größe 😀', 'issue_audit_ticket'] as const;

const condition = fc.oneof(
  fc.record({ path: fc.constantFrom('args.amount', 'args.a b'), op: fc.constantFrom('gt', 'lte'), value: fc.nat(99) }),
  fc.record({
    path: fc.constant('args.task'),
    op: fc.constant('in'),
    value: fc.array(fc.constantFrom('x', 'y: z', '#'), { maxLength: 2 }),
  }),
  fc.record({
    path: fc.constant('args.task'),
    op: fc.constant('eq'),
    value: fc.constantFrom('', 'yes', '12', 'a\nb', '{'),
  }),
);
const conditions = fc.array(condition, { minLength: 1, maxLength: 2 });
const windows = fc.constantFrom('minute', 'hour', 'day');

const jsonRule = fc.record({ conditions, on_deny: fc.constantFrom('no', '// no') }, { requiredKeys: ['conditions'] });
const jsonTool = fc.record(
  {
    require: fc.array(jsonRule, { maxLength: 2 }),
    deny_if: fc.array(jsonRule, { maxLength: 2 }),
    limits: fc.uniqueArray(fc.record({ counter: fc.constantFrom('a', 'b', 'c'), window: windows, max: fc.nat(50) }), {
      maxLength: 2,
      selector: ({ counter }) => counter,
    }),
  },
  { requiredKeys: [] },
);
const yamlRule = fc.oneof(
  fc.record({ name: fc.constantFrom('r', 'rule: 2'), action: fc.constant('evaluate'), conditions }),
  fc.record({ name: fc.constant('no'), action: fc.constant('deny') }),
  fc.record({ name: fc.constant('l'), rate_limit: fc.constantFrom('5/hour', '30/minute') }),
  fc.record({
    name: fc.constant('s'),
    conditions: fc.constant([{ path: 'state.guard_tool.n', op: 'lt', value: 5 }]),
    state: fc.record({ counter: fc.constant('n'), window: windows }),
  }),
);
const yamlTool = fc.record({ rules: fc.array(yamlRule, { maxLength: 3 }) }, { requiredKeys: [] });

function document(tool: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const tools = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...TOOLS), tool), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));
  return fc.record(
    {
      version: fc.constant('1'),
      default: fc.constantFrom('allow', 'deny'),
      hide: fc.uniqueArray(fc.constantFrom(...TOOLS), { maxLength: 2 }),
      tools,
    },
    { requiredKeys: ['version', 'default'] },
  );
}

function odd(
  tool: fc.Arbitrary<unknown>,
  write: (value: Record<string, unknown>, pick: Pick) => string,
): fc.Arbitrary<OddText> {
  return fc.tuple(document(tool), fc.nat()).map(([value, seed]) => ({ value, text: write(value, picker(seed)) }));
}

/** PolicyLayer policies, written oddly. */
export const oddJson = odd(jsonTool, writeJson);
/** Intercept policies, written oddly: block and flow style, lists indented or not. */
export const oddYaml = odd(yamlTool, writeYaml);
