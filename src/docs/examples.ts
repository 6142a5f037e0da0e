import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { SEED_SCENARIO } from '../core/catalogue/seed.ts';
import { encodeLink } from '../share/codec.ts';
import type { LinkContent } from '../share/schema.ts';
import { readScenario } from '../state/read-scenario.ts';
import { codeExamples } from './code-examples.ts';
import { DocsProblem } from './problem.ts';

const count = z.int().check(z.nonnegative());
const written = z.strictObject({ dialect: z.enum(['policylayer', 'intercept']), text: z.string() });
const policy = z.union([written, z.record(z.string(), z.json())]);

const exampleSchema = z.strictObject({
  title: z.string().check(z.minLength(1)),
  policy,
  scenario: z.optional(z.json()),
  windows: z.exactOptional(z.enum(['calendar', 'sliding', 'anchored'])),
  compare: z.optional(policy),
  view: z.exactOptional(
    z.strictObject({
      tab: z.exactOptional(z.string()),
      call: z.exactOptional(count),
      atMs: z.exactOptional(z.number()),
      lines: z.exactOptional(z.tuple([count, count])),
    }),
  ),
  expect: z.strictObject({
    calls: z.optional(count),
    allowed: z.optional(count),
    denied: z.optional(count),
    approvals: z.optional(count),
    codes: z.optional(z.array(z.string())),
    findings: z.optional(z.array(z.string())),
  }),
});

type Written = z.infer<typeof exampleSchema>;

/** What an example comes to; what is left out is not said. A policy with errors has no counts. */
export type Expected = Written['expect'];

/** An example of the docs: what its link holds, what it comes to, and the fragment of its link, with `#`. */
export interface Example {
  readonly name: string;
  readonly content: LinkContent;
  readonly expected: Expected;
  readonly fragment: string;
}

/** A policy of either form as text and dialect. An object is a PolicyLayer policy, printed as the page prints one. */
function policyOf(value: z.infer<typeof policy>): LinkContent['policy'] {
  const text = written.safeParse(value);
  return text.success ? text.data : { dialect: 'policylayer', text: JSON.stringify(value, null, 2) };
}

/** Reads the text of an example. Throws a `DocsProblem` for text that does not fit, or makes no link. */
export async function readExample(name: string, text: string): Promise<Example> {
  const file = `examples/${name}.json`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DocsProblem(file, `this is not JSON; correct it (${error instanceof Error ? error.message : ''})`);
  }
  const parsed = exampleSchema.safeParse(value);
  if (!parsed.success) {
    const places = new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole'));
    throw new DocsProblem(file, `it does not fit the form of an example at ${[...places].join(', ')}; correct it`);
  }
  const { title, compare, windows, view, expect, scenario } = parsed.data;
  const read = scenario === undefined ? { ok: true as const, scenario: SEED_SCENARIO } : readScenario(scenario);
  if (!read.ok) throw new DocsProblem(file, `its scenario does not fit at ${read.message}; correct it`);
  const content: LinkContent = {
    title,
    policy: policyOf(parsed.data.policy),
    ...(compare === undefined ? {} : { compare: policyOf(compare) }),
    scenario: read.scenario,
    ...(windows === undefined ? {} : { windows }),
    ...(view === undefined ? {} : { view }),
  };
  const link = await encodeLink(content, readScenario);
  if (!link.ok) throw new DocsProblem(file, `it makes no link: ${link.problem.read}`);
  return { name, content, expected: expect, fragment: `#${link.fragment}` };
}

/** Every example in a folder, by name. */
export async function readExamples(folder: string): Promise<ReadonlyMap<string, Example>> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
  const read = await Promise.all(
    names.map((name) => readExample(name, readFileSync(join(folder, `${name}.json`), 'utf8'))),
  );
  return new Map(read.map((example) => [example.name, example]));
}

/** An example for each code that the playground opens a case of, by name. What they give is said by `codeExamples`. */
export async function readCodeExamples(): Promise<ReadonlyMap<string, Example>> {
  const read = await Promise.all([...codeExamples()].map(([name, text]) => readExample(name, text)));
  return new Map(read.map((example) => [example.name, example]));
}
