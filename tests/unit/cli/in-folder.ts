import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { checkPolicy } from '../../../src/cli/check-policy.ts';

/** What a command came to. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own, removed after the file's tests, and the command run on the files in it. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'check-policy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    path,
    write: (name: string, content: unknown): string => {
      writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content));
      return path(name);
    },
    read: (name: string): string => readFileSync(path(name), 'utf8'),
    /** Runs the command; output names files without the folder. */
    run: (...args: string[]): Ended => {
      let [out, err] = ['', ''];
      const status = checkPolicy(args, { out: (text) => (out += text), err: (text) => (err += text) });
      return { status, out: out.replaceAll(`${folder}/`, ''), err: err.replaceAll(`${folder}/`, '') };
    },
  };
}
