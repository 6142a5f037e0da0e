import type { CheckedTest } from './check-pair.ts';
import type { Checked } from './report-lines.ts';

/** Characters that XML 1.0 has no way to write. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
  ['\t', '&#9;'],
]);

/**
 * The results as JUnit XML: a suite for each pair, a case for each assertion, a failure with what was seen. A pair that
 * cannot be used is a suite with one case that is an error.
 */
export function formatJunit(checked: readonly Checked[]): string {
  const suites = checked.map(suiteOf);
  const sum = (of: (suite: Suite) => number): number => suites.reduce((total, suite) => total + of(suite), 0);
  const counts = countsOf({
    tests: sum(({ tests }) => tests),
    failures: sum(({ failures }) => failures),
    errors: sum(({ errors }) => errors),
    tookMs: sum(({ tookMs }) => tookMs),
  });
  const body = suites.map(({ xml }) => xml).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="check-policy" ${counts}>\n${body}</testsuites>\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly tookMs: number;
}
interface Suite extends Counts {
  readonly xml: string;
}

function countsOf({ tests, failures, errors, tookMs }: Counts): string {
  const time = (tookMs / 1000).toFixed(3);
  return `tests="${tests}" failures="${failures}" errors="${errors}" time="${time}"`;
}

function suiteOf({ pair, result, tookMs }: Checked): Suite {
  const name = `${pair.policy} with ${pair.scenario}`;
  const cases =
    result.kind === 'checked'
      ? result.tests.map((test, i) => caseOf(test, i, name))
      : [element('testcase', { name: 'input', classname: name }, problemOf('error', result.problems.join('\n')))];
  const counts = {
    tests: cases.length,
    failures: result.kind === 'checked' ? result.tests.filter(({ passes }) => !passes).length : 0,
    errors: result.kind === 'checked' ? 0 : 1,
    tookMs,
  };
  const xml = `  <testsuite name="${escape(name)}" ${countsOf(counts)} skipped="0">\n${cases.join('')}  </testsuite>\n`;
  return { ...counts, xml };
}

function caseOf({ test, passes, words, breaking }: CheckedTest, index: number, classname: string): string {
  const seen = breaking === null ? `seen: ${words}` : `seen: ${words}; first broken by ${breaking}`;
  const attributes = { name: `${index + 1}. ${test}`, classname };
  return element('testcase', attributes, passes ? '' : problemOf('failure', seen));
}

function problemOf(tag: 'failure' | 'error', message: string): string {
  return `      <${tag} message="${escape(message)}" type="${tag === 'failure' ? 'assertion' : 'input'}"/>\n`;
}

function element(tag: string, attributes: Readonly<Record<string, string>>, inside: string): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  return inside === ''
    ? `    <${tag}${written.join('')}/>\n`
    : `    <${tag}${written.join('')}>\n${inside}    </${tag}>\n`;
}

function escape(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"\n\r\t]/g, (character) => ESCAPES.get(character) ?? '');
}
