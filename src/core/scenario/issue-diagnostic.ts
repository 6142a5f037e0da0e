import type * as z from 'zod/mini';
import { kindOf } from '../catalogue/check-arguments.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { nearestName } from '../nearest-name.ts';
import { anyOf, grouped, quoted } from '../policy/wording.ts';
import { SCENARIO_CODES, type ScenarioCode } from './codes.ts';
import { DURATION_PATTERN } from './duration.ts';
import { MAX_AGENTS } from './limits.ts';
import { scenarioDiagnostic } from './scenario-diagnostic.ts';
import { STEP_FIELDS } from './schema.ts';

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;
type Path = readonly PropertyKey[];

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return Object.entries(value).find(([name]) => name === String(key))?.[1];
  }, root);
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two',
  object: 'an object',
};

function wrongType(path: Path, expected: string, value: unknown): Diagnostic {
  const name = typeof path.at(-1) === 'string' ? quoted(String(path.at(-1))) : 'this';
  const words = EXPECTED[expected] ?? expected;
  if (value === undefined) return scenarioDiagnostic('missing-field', path, `${name} is missing; add ${words}`);
  const seen = expected === 'int' && typeof value === 'number' ? String(value) : kindOf(value);
  return scenarioDiagnostic('wrong-type', path, `${name} must be ${words}, not ${seen}`);
}

function outOfRange(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): Diagnostic {
  if (issue.code === 'too_big' && issue.origin === 'array') {
    const message = `a scenario holds at most ${MAX_AGENTS} agents; remove some`;
    return scenarioDiagnostic('too-many-agents', issue.path, message);
  }
  const name = quoted(String(issue.path.at(-1)));
  const bound = issue.code === 'too_big' ? issue.maximum : issue.minimum;
  const words = issue.code === 'too_big' ? 'at most' : issue.inclusive === false ? 'above' : 'at least';
  return scenarioDiagnostic('out-of-range', issue.path, `${name} must be ${words} ${grouped(Number(bound))}`);
}

function badFormat(issue: Extract<Issue, { code: 'invalid_format' }>, root: unknown): Diagnostic {
  const seen = quoted(String(valueAt(root, issue.path)));
  return issue.pattern === String(DURATION_PATTERN)
    ? scenarioDiagnostic('bad-duration', issue.path, `${seen} is no duration; write it as \`500ms\`, \`4s\` or \`2m\``)
    : scenarioDiagnostic('bad-date', issue.path, `${seen} is no UTC time; write it as \`2026-01-01T23:59:58.000Z\``);
}

function unknownFields(issue: Extract<Issue, { code: 'unrecognized_keys' }>): Diagnostic[] {
  // why: schemas made with `strict` give the names they know as the message.
  const known = issue.message.split(' ');
  return issue.keys.map((key) => {
    const near = nearestName(key, known);
    const advice = near === null ? `use ${anyOf(known)}` : `did you mean ${quoted(near)}?`;
    return scenarioDiagnostic('unknown-field', [...issue.path, key], `${quoted(key)} is not known here; ${advice}`);
  });
}

function unknownStep(path: Path, value: unknown): Diagnostic {
  if (typeof value !== 'object' || value === null) return wrongType(path, 'object', value);
  const near = Object.keys(value).flatMap((key) => nearestName(key, STEP_FIELDS) ?? []);
  const advice = near[0] === undefined ? 'add one of them' : `did you mean ${quoted(near[0])}?`;
  return scenarioDiagnostic('unknown-step', path, `a step says what it does with ${anyOf(STEP_FIELDS)}; ${advice}`);
}

/** The branch of a union that the value is meant to be: for steps the field it has, else text first, objects second. */
function branchOf(issue: UnionIssue, value: unknown): readonly Issue[] | undefined {
  if (issue.errors.length === STEP_FIELDS.length) {
    if (typeof value !== 'object' || value === null) return undefined;
    return issue.errors[STEP_FIELDS.findIndex((field) => Object.hasOwn(value, field))];
  }
  if (typeof value === 'string') return issue.errors[0];
  return typeof value === 'object' && value !== null ? issue.errors[1] : undefined;
}

function unionDiagnostics(issue: UnionIssue, root: unknown): Diagnostic[] {
  const { path } = issue;
  const value = valueAt(root, path);
  const branch = branchOf(issue, value);
  if (branch !== undefined) {
    return branch.flatMap((inner) => issueDiagnostics({ ...inner, path: [...path, ...inner.path] }, root));
  }
  if (issue.errors.length === STEP_FIELDS.length) return [unknownStep(path, value)];
  if (issue.discriminator !== undefined) {
    return [scenarioDiagnostic('bad-choice', path, '`that` must be `count` or `decision`')];
  }
  return [wrongType(path, path.at(-1) === 'latency' ? 'a duration or a list of two' : 'text or an object', value)];
}

/** Turns one refusal of the schema into diagnostics; `root` is the document it was found in. */
export function issueDiagnostics(issue: Issue, root: unknown): Diagnostic[] {
  switch (issue.code) {
    case 'invalid_type':
      return [wrongType(issue.path, issue.expected, valueAt(root, issue.path))];
    case 'unrecognized_keys':
      return unknownFields(issue);
    case 'invalid_union':
      return unionDiagnostics(issue, root);
    case 'too_big':
    case 'too_small':
      return [outOfRange(issue)];
    case 'invalid_format':
      return [badFormat(issue, root)];
    case 'invalid_value': {
      const value = valueAt(root, issue.path);
      if (value === undefined) return [wrongType(issue.path, anyOf(issue.values.map(String)), value)];
      const words = `${quoted(String(issue.path.at(-1)))} must be ${anyOf(issue.values.map(String))}`;
      const seen = typeof value === 'string' ? quoted(value) : kindOf(value);
      return [scenarioDiagnostic('bad-choice', issue.path, `${words}, not ${seen}`)];
    }
    default:
      return [ownDiagnostic(issue)];
  }
}

function ownDiagnostic(issue: Issue): Diagnostic {
  const named: unknown = issue.code === 'custom' ? issue.params?.code : undefined;
  const code = Object.keys(SCENARIO_CODES).find((known): known is ScenarioCode => known === named);
  return scenarioDiagnostic(code ?? 'wrong-type', issue.path, issue.message);
}
