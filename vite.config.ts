import { svelte } from '@sveltejs/vite-plugin-svelte';
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

export default defineConfig({
  // why: a relative base lets one build work from any sub-path
  base: './',
  plugins: [sveltePlugin(), report.page()],
  worker: { format: 'es', plugins: () => [report.worker()] },
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    sourcemap: false,
    chunkSizeWarningLimit: 4096,
  },
  preview: { host: '127.0.0.1', port: 4173, strictPort: true },
  test: { projects: [nodeProject, browserProject(() => [sveltePlugin()])] },
});
