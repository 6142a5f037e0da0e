import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
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

/** The page opens offline after the first visit; a new version waits until the person takes it. */
const offline = () =>
  VitePWA({
    registerType: 'prompt',
    injectRegister: false,
    manifest: {
      name: 'Policy Playground',
      short_name: 'Policies',
      description: 'See what a tool policy does to AI agents before an agent does it.',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#F5F6F8',
      theme_color: '#14181F',
      icons: [
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{js,css,html,svg,png,json,ttf}'],
      globIgnores: ['preview.png'],
      // why: the full editor is one large file, and without it the page would not be whole offline.
      maximumFileSizeToCacheInBytes: 8_000_000,
      navigateFallback: 'index.html',
      // why: other pages of the site, and files a person opens by address, are themselves.
      navigateFallbackDenylist: [/\/[^/]+\.[a-z]+$/i],
      cleanupOutdatedCaches: true,
    },
  });

export default defineConfig({
  // why: a relative base lets one build work from any sub-path
  base: './',
  plugins: [sveltePlugin(), report.page(), offline()],
  worker: { format: 'es', plugins: () => [scannerAlone(), report.worker()] },
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    sourcemap: false,
    chunkSizeWarningLimit: 4096,
  },
  preview: { host: '127.0.0.1', port: 4173, strictPort: true },
  test: { projects: [nodeProject, browserProject(() => [sveltePlugin(), ...offline()])] },
});
