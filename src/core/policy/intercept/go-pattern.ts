import type { PatternCompiler } from '../model.ts';

/**
 * Compiles a pattern as Go does: like RE2, but two groups may share a name. Names do not change what is found, so later
 * groups of a name get one of their own.
 */
export function compileGoPattern(compile: PatternCompiler): PatternCompiler {
  return (source) => {
    const compiled = compile(source);
    if (compiled.ok) return compiled;
    const renamed = renameRepeatedGroups(source);
    return renamed === source ? compiled : compile(renamed);
  };
}

/** Skips what only looks like a group: escapes, quoted text `\Q…\E` and character classes. */
function renameRepeatedGroups(source: string): string {
  const seen = new Set<string>();
  let result = '';
  let at = 0;
  while (at < source.length) {
    const length = literalLength(source, at);
    const name = length === 0 ? groupName(source, at) : null;
    if (name === null) {
      const step = Math.max(1, length);
      result += source.slice(at, at + step);
      at += step;
      continue;
    }
    const opening = source.slice(at, source.indexOf('<', at) + 1);
    result += `${opening}${seen.has(name) ? `${name}_${String(at)}` : name}`;
    seen.add(name);
    at += opening.length + name.length;
  }
  return result;
}

function literalLength(source: string, at: number): number {
  if (source.startsWith('\\Q', at)) {
    const end = source.indexOf('\\E', at);
    return (end < 0 ? source.length : end + 2) - at;
  }
  if (source[at] === '\\') return 2;
  return source[at] === '[' ? classLength(source, at) : 0;
}

function classLength(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === '^') at++;
  // why: a bracket right after the opening one is a member, not the end.
  if (source[at] === ']') at++;
  while (at < source.length && source[at] !== ']') {
    const named = source.startsWith('[:', at) ? source.indexOf(':]', at) : -1;
    if (named >= 0) at = named + 2;
    else at += source[at] === '\\' ? 2 : 1;
  }
  return at + 1 - start;
}

function groupName(source: string, at: number): string | null {
  const opening = source.startsWith('(?P<', at) ? 4 : source.startsWith('(?<', at) ? 3 : 0;
  if (opening === 0) return null;
  const end = source.indexOf('>', at);
  const name = end < 0 ? '' : source.slice(at + opening, end);
  return /^[A-Za-z0-9_]+$/.test(name) ? name : null;
}
