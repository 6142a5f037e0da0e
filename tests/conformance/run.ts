import { readFileSync } from 'node:fs';
import { parseCase } from './cases.ts';
import { checkCase } from './check-case.ts';

/** Runs every case of a file, prints those that disagree, and counts. */
async function runFile(file: string): Promise<{ passed: number; failed: number }> {
  const counts = { passed: 0, failed: 0 };
  for (const [i, line] of readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    const failure = await failureOf(line, `${file}:${i + 1}`);
    if (failure === null) counts.passed++;
    else {
      counts.failed++;
      console.log(failure);
    }
  }
  return counts;
}

/** What to print for a line that does not pass; null when it does. */
async function failureOf(line: string, place: string): Promise<string | null> {
  try {
    const conformanceCase = parseCase(line);
    const disagreement = await checkCase(conformanceCase);
    if (!disagreement) return null;
    const { call, expected, got } = disagreement;
    const where = call === undefined ? '' : ` call ${call}`;
    return `${conformanceCase.id}${where}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`;
  } catch (error) {
    return `${idOf(line) ?? place}\n  error    ${error instanceof Error ? error.message : String(error)}`;
  }
}

function idOf(line: string): string | null {
  try {
    const { id } = JSON.parse(line) as { id?: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

const files = process.argv.slice(2);
if (files.length === 0) console.log('usage: npm run -s conformance -- FILE...');
let passed = 0;
let failed = files.length === 0 ? 1 : 0;
for (const file of files) {
  try {
    const counts = await runFile(file);
    passed += counts.passed;
    failed += counts.failed;
  } catch (error) {
    console.log(`${file}\n  error    ${error instanceof Error ? error.message : String(error)}`);
    failed++;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
