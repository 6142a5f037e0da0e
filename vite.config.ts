import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chunkReport } from './tests/budget/chunk-report.ts';
import { browserProject, nodeProject } from './tests/vitest-projects.ts';

const report = chunkReport();

/** The Svelte plugin as the page and its tests use it: our own components in runes mode, libraries as they are. */
const sveltePlugin = () =>
  svelte({
    configFile: false,
    dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? {} : { runes: true }),
  });

/**
 * Gives the policy reader the scanner of jsonc-parser and nothing else of it. That package's main module holds its other
 * parts together, so parts only later chunks use would be fetched with the first.
 */
const scannerAlone = (): Plugin => ({
  name: 'scanner-alone',
  apply: 'build',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source !== 'jsonc-parser' || importer?.endsWith('/policylayer/tokens.ts') !== true) return null;
    return this.resolve('jsonc-parser/lib/esm/impl/scanner.js', importer);
  },
});

export default defineConfig({
  // why: a relative base lets one build work from any sub-path
  base: './',
  plugins: [sveltePlugin(), report.page()],
  worker: { format: 'es', plugins: () => [scannerAlone(), report.worker()] },
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    sourcemap: false,
    chunkSizeWarningLimit: 4096,
  },
  preview: { host: '127.0.0.1', port: 4173, strictPort: true },
  test: { projects: [nodeProject, browserProject(() => [sveltePlugin()])] },
});
