import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where a build leaves its list of chunks (see chunk-report.ts). */
export const REPORT_FILE = fileURLToPath(new URL('../../node_modules/.cache/chunk-report.json', import.meta.url));

/** Modules that a first visit starts: the page, its shell, and the worker that decides. */
const STARTS = ['index.html', 'src/main.ts', 'src/page.ts', 'src/ui/App.svelte', 'workers/engine.worker.ts'];

/** Modules that an embed with a link starts on its page; the worker is the same. */
const EMBED_STARTS = [
  'index.html',
  'src/main.ts',
  'src/embed/start.ts',
  'src/share/codec.ts',
  'src/share/content.ts',
  'src/state/read-scenario.ts',
];

/** Packages that come later, or only for policies that need them. */
const LATER = ['monaco-editor', 'jose', 'yaml', 're2js'];

/**
 * @typedef {{ file: string, source: string | null, isEntry: boolean, imports: string[], packages: string[] }} Chunk
 */

/**
 * Built files, relative to `dist/`, that a first visit needs to show its verdicts: the starting modules and
 * all they import statically. Throws when the page or the worker is missing, or when a package of `LATER` is in the set.
 * @param {Chunk[]} chunks
 * @returns {string[]}
 */
export function firstVerdictFiles(chunks) {
  const wanted = chunks.filter((chunk) => chunk.source !== null && STARTS.includes(chunk.source));
  for (const [what, sources] of [
    ['page', STARTS.slice(0, 2)],
    ['worker', STARTS.slice(4)],
  ]) {
    if (!wanted.some((chunk) => sources?.includes(chunk.source ?? '')))
      throw new Error(`the build has no ${what} chunk`);
  }
  return closureOf(chunks, wanted);
}

/**
 * The chunks of the newest build. Throws when there was none.
 * @returns {Chunk[]}
 */
export function readChunks() {
  return JSON.parse(readFileSync(REPORT_FILE, 'utf8'));
}

/**
 * Built files, relative to `dist/`, that an embed loads on its page, its worker aside. Throws when the build has no embed.
 * @param {Chunk[]} chunks
 * @returns {string[]}
 */
export function embedFiles(chunks) {
  const wanted = chunks.filter((chunk) => chunk.source !== null && EMBED_STARTS.includes(chunk.source));
  if (!wanted.some(({ source }) => source === 'src/embed/start.ts')) throw new Error('the build has no embed chunk');
  return closureOf(chunks, wanted);
}

/**
 * Files of these chunks and of all they import statically.
 * @param {Chunk[]} chunks
 * @param {Chunk[]} wanted
 * @returns {string[]}
 */
function closureOf(chunks, wanted) {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const files = new Set();
  for (let chunk = wanted.pop(); chunk; chunk = wanted.pop()) {
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    const early = chunk.packages.find((name) => LATER.includes(name));
    if (early) throw new Error(`${early} is needed for the first verdict: ${chunk.file} holds it`);
    for (const file of chunk.imports) {
      const imported = byFile.get(file);
      if (imported) wanted.push(imported);
    }
  }
  return [...files].sort();
}
