import ts from 'typescript';
import type { Source } from './sources.ts';

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/**
 * `path:line` of every exported declaration without a docstring. Declarations that follow one another without a
 * blank line share the docstring of the first.
 */
export function withoutDocstring({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const missing: string[] = [];
  let groupHasDocstring = false;
  for (const statement of file.statements) {
    const leading = text.slice(statement.pos, statement.getStart(file));
    const startsGroup = leading.split('\n').length > 2 || leading.includes('/*');
    const own = leading.includes('/**');
    groupHasDocstring = startsGroup ? own : groupHasDocstring;
    if (!isExported(statement) || groupHasDocstring) continue;
    const { line } = file.getLineAndCharacterOfPosition(statement.getStart(file));
    missing.push(`${path}:${String(line + 1)}`);
  }
  return missing;
}
