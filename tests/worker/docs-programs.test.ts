import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeLink } from '../../src/share/codec.ts';
import { LINK_PROBLEMS } from '../../src/share/problems.ts';
import { readScenario } from '../../src/state/read-scenario.ts';
import { parseCase } from '../conformance/cases.ts';
import { checkCase } from '../conformance/check-case.ts';
import { connect, told } from './connect.ts';

const PAGE = readFileSync(new URL('../../src/docs/programs.md', import.meta.url), 'utf8');

/** The first block of a language in a section of the page. */
function block(section: string, language: string): string {
  const text = PAGE.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const [, , code = ''] = /^```(\w+)\n([^]*?)^```$/gm.exec(text.slice(text.indexOf(`\`\`\`${language}\n`))) ?? [];
  return code;
}

test('the lines that make a link make one that opens and decides', async () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], {
    input: `${block('The link', 'js')}\nconsole.log(link);`,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { origin, pathname, hash } = new URL(stdout);
  expect(`${origin}${pathname}`).toBe('https://playground.example/');
  const link = await decodeLink(hash, readScenario);
  if (link.kind !== 'opened') throw new Error(JSON.stringify(link));
  const { policy, scenario } = link.content;
  const run = await connect().run({ policy, scenario, windows: 'calendar' }, told());
  expect(run).toMatchObject({ kind: 'done', summary: { calls: 5, allowed: 2, denied: 3 } });
});

test('the conformance case is one, and the engine agrees with it', async () => {
  const line = JSON.stringify(JSON.parse(block('Conformance', 'json')));
  expect(await checkCase(parseCase(line))).toBeNull();
});

test('the reasons for which a link is rejected are those of the codec', () => {
  const [, rows = ''] = /\| `data-link-error` \|[^\n]*\n([^]*?)\n\n/.exec(PAGE) ?? [];
  const codes = [...rows.matchAll(/^\| `([\w-]+)`/gm)].map(([, code]) => code);
  expect(codes.toSorted()).toEqual(Object.keys(LINK_PROBLEMS).toSorted());
});
