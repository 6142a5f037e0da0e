import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFolder } from './in-folder.ts';
import { readXml } from './read-xml.ts';

const { folder, path, read, write } = openFolder();
const packed = path('package');
const root = fileURLToPath(new URL('../../..', import.meta.url));

const policy = write('policy.json', { version: '1', default: 'deny' });
const scenario = (name: string, atLeast: number): string =>
  write(name, {
    version: '1',
    start: '2026-01-01T00:00:00.000Z',
    agents: [{ name: 'planner', steps: [{ call: 'get_trust_score', times: 3 }] }],
    expect: [{ that: 'count', where: { outcome: 'deny' }, atLeast }],
  });
const [kept, broken] = [scenario('kept.json', 3), scenario('broken.json', 4)];

/** Packs the project and unpacks it in an empty folder, which has no packages and no sources. */
beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: 'pipe' });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
}, 120_000);

describe('a packed copy', () => {
  test('holds the command and nothing it would need to be built', () => {
    expect(readdirSync(packed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'src']);
    expect(readdirSync(join(packed, 'dist'), { recursive: true })).toEqual(['cli', join('cli', 'check-policy.mjs')]);
    expect(readdirSync(join(packed, 'src'), { recursive: true })).toEqual(['cli', join('cli', 'launch.mjs')]);
  });

  test('runs as the script of the project', () => {
    const ended = spawnSync('npm', ['run', '--silent', 'check-policy', '--', policy, kept, '--junit', path('j.xml')], {
      cwd: packed,
      encoding: 'utf8',
    });
    expect(ended.stdout).toContain('1 test, 1 passed, 0 failed');
    expect(ended.status).toBe(0);
    expect(readXml(read('j.xml')).attributes['tests']).toBe('1');
  });

  test('runs as one file that is copied elsewhere, with its exit status', () => {
    const alone = path('alone');
    mkdirSync(alone);
    copyFileSync(join(packed, 'dist', 'cli', 'check-policy.mjs'), join(alone, 'check-policy.mjs'));
    const status = (...args: string[]): number | null =>
      spawnSync(process.execPath, ['check-policy.mjs', ...args], { cwd: alone, stdio: 'ignore' }).status;
    expect([status(policy, kept), status(policy, broken), status(policy)]).toEqual([0, 1, 2]);
  });
});
