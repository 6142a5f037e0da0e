import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { livingRun, scriptOf } from '../../gateway/k6-runs.ts';
import { readAny } from '../catalogue/gallery-runs.ts';

/** What k6 has besides what its types name. */
const AMBIENT =
  'declare const console: { log(line: string): void }; declare function setTimeout(then: () => void, ms: number): number;';
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What the compiler says of scripts checked against k6's types, and all they import. */
function check(scripts: ReadonlyMap<string, string>): { readonly errors: string[]; readonly imports: string[] } {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['k6'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  const host = ts.createCompilerHost(options);
  const files = new Map([...scripts, [join(ROOT, 'console.d.ts'), AMBIENT]]);
  const [getSourceFile, fileExists, readFile] = [
    host.getSourceFile.bind(host),
    host.fileExists.bind(host),
    host.readFile.bind(host),
  ];
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, text, language, true);
  };
  host.getCurrentDirectory = () => dirname(join(ROOT, 'x'));
  const program = ts.createProgram([...files.keys()], options, host);
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  const imports = [...scripts.keys()].flatMap((path) => importsOf(program.getSourceFile(path)));
  return { errors, imports: [...new Set(imports)].sort() };
}

function importsOf(file: ts.SourceFile | undefined): string[] {
  const imports = file?.statements.filter((statement) => ts.isImportDeclaration(statement)) ?? [];
  return imports.map(({ moduleSpecifier }) => moduleSpecifier.getText(file));
}

test('the script of every example fits the types of k6', async () => {
  const scripts = new Map<string, string>();
  for (const example of EXAMPLES.filter(({ policyText }) => readAny(policyText).policy !== null)) {
    const { text } = scriptOf(await livingRun(example), { name: example.title });
    scripts.set(join(ROOT, `${example.name}.k6.js`), text);
  }
  expect(scripts.size).toBeGreaterThan(10);
  const { errors, imports } = check(scripts);
  expect(errors).toEqual([]);
  expect(imports).toEqual(["'k6'", "'k6/execution'", "'k6/http'", "'k6/metrics'"]);
});

test('a script with a mistake does not', async () => {
  const [first] = EXAMPLES;
  const { text } = scriptOf(await livingRun(first));
  const wrong = text.replace('http.post(', 'http.push(');
  expect(check(new Map([[join(ROOT, 'wrong.k6.js'), wrong]])).errors.join()).toContain('push');
});
