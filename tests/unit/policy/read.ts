import type { Fix } from '../../../src/core/diagnostic.ts';
import { findTool, type Tool } from '../../../src/core/catalogue/tools.ts';
import { checkPolicy } from '../../../src/core/policy/check.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import type { ParseResult } from '../../../src/core/policy/reader.ts';
import type { Policy } from '../../../src/core/policy/model.ts';

/** Parses as PolicyLayer JSON and checks what it does; without names of tools, for a server that is not known. */
export function read(text: string, knownTools?: readonly string[]): ParseResult {
  return checked(parsePolicy(text, { dialect: 'policylayer', compilePattern }), knownTools);
}

/** Parses as Intercept YAML and checks what it does. */
export function readYaml(text: string, knownTools?: readonly string[]): ParseResult {
  const parsed = parsePolicy(text, { dialect: 'intercept', compilePattern, readers: { intercept: readIntercept } });
  return checked(parsed, knownTools);
}

function checked(parsed: ParseResult, knownTools?: readonly string[]): ParseResult {
  return { ...parsed, diagnostics: checkPolicy(parsed, { tools: knownTools?.map(toolOf) ?? null }) };
}

/** The server's tool of that name, or one that takes nothing. */
function toolOf(name: string): Tool {
  const made: Tool = { name, category: 'Read', risk: 'Low', source: 'inf', description: '', fields: [] };
  return findTool(name) ?? made;
}

/** The policy of a document that must have no errors. */
export function policyOf(document: unknown): Policy {
  const { policy, diagnostics } = read(typeof document === 'string' ? document : JSON.stringify(document));
  if (policy === null) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

/** Codes and pointers of the errors, in order. */
export function errorsOf({ diagnostics }: ParseResult): [code: string, pointer: string][] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, pointer }) => [code, pointer]);
}

export function codesOf({ diagnostics }: ParseResult): string[] {
  return diagnostics.map(({ code }) => code);
}

/** The text after a fix; throws when its edits overlap. */
export function applyFix(text: string, { edits }: Fix): string {
  let result = '';
  let at = 0;
  for (const { range, text: inserted } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    if (range.start < at) throw new Error('edits overlap');
    result += text.slice(at, range.start) + inserted;
    at = range.end;
  }
  return result + text.slice(at);
}
