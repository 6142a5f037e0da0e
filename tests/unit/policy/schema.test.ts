import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { policySchema } from '../../../src/core/policy/policylayer/schema.ts';
import { policyDocument } from './arbitrary-policy.ts';
import { errorsOf, policyOf, read } from './read.ts';

/** What fields demand of each other, and of RE2, is beyond the schema. */
const BEYOND = new Set([
  'bad-pattern',
  'repeated-hide',
  'repeated-counter',
  'increment-twice',
  'reason-without-action',
  'duplicate-name',
]);

function load(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../cases/policy/variants/${file}.json`, import.meta.url), 'utf8'));
}

test('the schema accepts every document the reader accepts', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      policyOf(document);
      expect(z.safeParse(policySchema, document).error?.issues ?? []).toEqual([]);
    }),
  );
  for (const document of load('accepted') as unknown[]) expect(z.safeParse(policySchema, document).success).toBe(true);
});

test('the schema refuses every document whose fields the reader refuses', () => {
  for (const { policy } of load('refused') as { policy: unknown }[]) {
    const codes = errorsOf(read(JSON.stringify(policy))).map(([code]) => code);
    const isProto = JSON.stringify(policy).includes('__proto__');
    if (isProto || codes.every((code) => BEYOND.has(code))) continue;
    expect(z.safeParse(policySchema, policy).success, JSON.stringify(policy)).toBe(false);
  }
});

test('a JSON Schema can be made of it', () => {
  expect(z.toJSONSchema(policySchema)).toMatchObject({ type: 'object', required: ['version', 'default'] });
});
