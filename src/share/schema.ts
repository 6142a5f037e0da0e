import * as z from 'zod/mini';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Scenario } from '../core/scenario/model.ts';

const policySchema = z.object({ dialect: z.enum(['policylayer', 'intercept']), text: z.string() });
const whole = z.int().check(z.nonnegative());

const viewSchema = z.object({
  tab: z.exactOptional(z.string()),
  call: z.exactOptional(whole),
  atMs: z.exactOptional(z.number()),
  lines: z.exactOptional(z.tuple([whole, whole])),
});

/** The object inside a link, version 1 (docs: programs.md#the-link). The scenario is checked by its own schema. */
const linkSchema = z.object({
  v: z.literal(1),
  engine: z.string(),
  title: z.exactOptional(z.string()),
  policy: policySchema,
  compare: z.exactOptional(policySchema),
  scenario: z.unknown(),
  windows: z.exactOptional(z.enum(['calendar', 'sliding', 'anchored'])),
  view: z.exactOptional(viewSchema),
});

type Link = z.infer<typeof linkSchema>;

/** What a link carries: everything needed to see the same decisions, and nothing else. */
export type LinkContent = Omit<Link, 'v' | 'engine' | 'scenario'> & { scenario: Scenario };

/** Checks an unknown scenario and hands back a copy that holds only known fields. Never throws. */
export type ScenarioReader = (
  value: JsonValue,
) => { readonly ok: true; readonly scenario: Scenario } | { readonly ok: false; readonly message: string };

/** `ignored` names fields that this version does not know, such as `view.zoom`; they were left out. */
export type LinkReading =
  | { readonly ok: true; readonly content: LinkContent; readonly engine: string; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly message: string };

function unknownFields(value: JsonValue | undefined, known: readonly string[], prefix: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Object.keys(value).filter((name) => !known.includes(name));
  return names.map((name) => prefix + name);
}

function ignoredFields(link: JsonObject): readonly string[] {
  const policy = Object.keys(policySchema.shape);
  return [
    ...unknownFields(link, Object.keys(linkSchema.shape), ''),
    ...unknownFields(link['policy'], policy, 'policy.'),
    ...unknownFields(link['compare'], policy, 'compare.'),
    ...unknownFields(link['view'], Object.keys(viewSchema.shape), 'view.'),
  ];
}

/**
 * Copies a link object of the current version field by field. Fields it does not know are left out and named: a newer
 * page may have written them, and what is known still opens. Everything known must fit. Never throws.
 */
export function readLinkObject(value: JsonValue, readScenario: ScenarioReader): LinkReading {
  const parsed = linkSchema.safeParse(value);
  if (!parsed.success) {
    const places = new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole'));
    return { ok: false, message: `does not fit: ${[...places].slice(0, 5).join(', ')}` };
  }
  const link = value as JsonObject;
  if (!Object.hasOwn(link, 'scenario')) return { ok: false, message: 'does not fit: scenario' };
  const scenario = readScenario(link['scenario'] ?? null);
  if (!scenario.ok) return { ok: false, message: `does not fit: scenario (${scenario.message})` };
  const { v: _, engine, ...fields } = parsed.data;
  return { ok: true, content: { ...fields, scenario: scenario.scenario }, engine, ignored: ignoredFields(link) };
}

/**
 * The object that a link of `content` holds, in the order of the specification, with absent fields left out. Copied field
 * by field: whatever else an object carries never gets into a link.
 */
export function toLinkObject(content: LinkContent, engine: string): object {
  const policy = ({ dialect, text }: LinkContent['policy']) => ({ dialect, text });
  const { title, compare, scenario, windows, view } = content;
  return {
    v: 1,
    engine,
    title,
    policy: policy(content.policy),
    compare: compare && policy(compare),
    scenario,
    windows,
    view: view && { tab: view.tab, call: view.call, atMs: view.atMs, lines: view.lines },
  };
}
