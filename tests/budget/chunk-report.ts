import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { REPORT_FILE } from './first-verdict.mjs';

/** What one built file is made of; `source` is the module it was started from, relative to the root. */
interface ChunkEntry {
  readonly file: string;
  readonly source: string | null;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}

/** Name of the npm package a module id belongs to, or null for the project's own. */
function packageOf(id: string): string | null {
  const parts = id.split('/node_modules/');
  if (parts.length === 1) return null;
  const [scope = '', name = ''] = (parts.at(-1) ?? '').split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function describe(chunk: Rolldown.OutputChunk): ChunkEntry {
  const packages = new Set(chunk.moduleIds.map(packageOf).filter((name) => name !== null));
  // why: a file that was put together by hand is not said to be started from the module it is asked for.
  const source = chunk.facadeModuleId ?? chunk.moduleIds.find((id) => id.endsWith('/src/page.ts'));
  return {
    file: chunk.fileName,
    source: source === undefined ? null : relative(process.cwd(), source.split('?')[0] ?? ''),
    isEntry: chunk.isEntry,
    imports: chunk.imports,
    packages: [...packages].sort(),
  };
}

/**
 * Two Vite plugins, for the page's build and for its workers' builds, that together write down what every built chunk
 * holds and imports. The budget check reads it, so that no name of a built file is kept by hand.
 */
export function chunkReport(): { page(): Plugin; worker(): Plugin } {
  const chunks = new Map<string, ChunkEntry>();
  const collect: Plugin['generateBundle'] = (_options, bundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type === 'chunk') chunks.set(output.fileName, describe(output));
    }
  };
  return {
    worker: () => ({ name: 'chunk-report:worker', apply: 'build', generateBundle: collect }),
    page: () => ({
      name: 'chunk-report:page',
      apply: 'build',
      generateBundle: { order: 'post', handler: collect },
      writeBundle() {
        mkdirSync(dirname(REPORT_FILE), { recursive: true });
        writeFileSync(REPORT_FILE, JSON.stringify([...chunks.values()], null, 2));
      },
    }),
  };
}
