import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import type { Policy } from '../../../src/core/policy/model.ts';

/** A policy of either dialect; its errors are the test's failure. */
export function readPolicy(text: string): Policy {
  const read = parsePolicy(text, { dialect: 'auto', compilePattern, readers: { intercept: readIntercept } });
  if (read.policy === null) throw new Error(read.diagnostics.map(({ message }) => message).join('; '));
  return read.policy;
}

export const ALLOW_ALL = readPolicy('{ "version": "1", "default": "allow" }');
export const LOCKDOWN = readPolicy('{ "version": "1", "default": "deny" }');
