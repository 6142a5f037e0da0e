import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONVERSION_CODES, type ConversionCode } from '../../../src/core/policy/convert/codes.ts';
import { commentsOf } from '../../../src/core/policy/convert/comments.ts';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import type { Dialect, Policy } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { type Call, decide, otherDialect, policyOf } from './decide.ts';

interface Case {
  readonly from: Dialect;
  /** A YAML text, or a JSON document. */
  readonly text: unknown;
  readonly code: ConversionCode;
  readonly pointer: string;
  readonly message: string;
  /** Codes of all notes, in order. */
  readonly codes: readonly string[];
  /** The document in the other dialect. */
  readonly written: unknown;
  /** One a second. */
  readonly calls: readonly (Partial<Call> & Pick<Call, 'tool'>)[];
  /** Outcome and message of each call, in the document converted and in the new one. */
  readonly source: readonly string[];
  readonly target: readonly string[];
}

const FOLDER = new URL('../../cases/convert/', import.meta.url);
const NOON_MS = Date.UTC(2026, 0, 1, 12);

const files = readdirSync(FOLDER);

function load(file: string): Case {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Case;
}

function told(policy: Policy, calls: Case['calls']): readonly string[] {
  const timed = calls.map((call, i): Call => ({
    atMs: NOON_MS + i * 1000,
    grant: 'g',
    session: 's',
    upstream: 'ok',
    latencyMs: 0,
    ...call,
  }));
  return decide(policy, timed).map(({ outcome, message }) => (message === '' ? outcome : `${outcome}: ${message}`));
}

const outcomes = (all: readonly string[]): readonly string[] => all.map((each) => each.split(':')[0] ?? '');

test('every code has a case', () => {
  expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(Object.keys(CONVERSION_CODES).sort());
});

describe.each(files)('%s', (file) => {
  const { from, text, code, pointer, message, codes, written, calls, source, target } = load(file);
  const before = typeof text === 'string' ? text : JSON.stringify(text);
  const policy = policyOf(before, from);
  const reading = parsePolicy(before, { dialect: from, compilePattern, readers: { intercept: readIntercept } });
  const conversion = convertPolicy(policy, otherDialect(from), commentsOf(before, reading));
  const { severity } = CONVERSION_CODES[code];

  test('is noted at its place, beside what else is lost', () => {
    expect(conversion.losses).toContainEqual({ code, severity, message, pointer });
    expect(conversion.losses.map((note) => note.code)).toEqual(codes);
  });

  test('the place is one of the text', () => {
    expect(pointer === '' || reading.locate(pointer) !== null).toBe(true);
  });

  test('writes the other document', () => {
    if (from === 'intercept') expect(JSON.parse(conversion.text)).toEqual(written);
    else expect(conversion.text).toBe(written);
  });

  test('calls are decided as the note says', () => {
    expect(told(policy, calls)).toEqual(source);
    expect(told(policyOf(conversion.text, otherDialect(from)), calls)).toEqual(target);
  });

  test('the case shows what its severity means', () => {
    if (severity === 'same') expect(outcomes(target)).toEqual(outcomes(source));
    else expect(target).not.toEqual(source);
    const isLooser = outcomes(target).some(
      (outcome, call) => outcome === 'allow' && outcomes(source)[call] !== 'allow',
    );
    if (severity === 'impossible') expect(isLooser).toBe(false);
  });

  test('speaks as remarks do', () => {
    expect(message).toMatch(/^[^A-Z].*[^.]$/);
  });
});
