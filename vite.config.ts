import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type Plugin, type Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { SEED_SCENARIO } from './src/core/catalogue/seed.ts';
import { docs } from './src/docs/build.ts';
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
      // why: only the page's own address, whatever its query, is the page. At any other its parts would not be found, and
      // the host's own answer helps more.
      navigateFallback: null,
      ignoreURLParametersMatching: [/^/],
      cleanupOutdatedCaches: true,
    },
  });

/** What browsers the build is for. */
const TARGET = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

/** With `PAGE_URL`, the address it will have, the page names itself and its picture in full, as previews of links need. */
const fullAddress = (): Plugin => ({
  name: 'full-address',
  apply: 'build',
  transformIndexHtml(html) {
    const address = process.env['PAGE_URL'] ?? '';
    if (address === '') return html;
    const { href } = new URL(address.endsWith('/') ? address : `${address}/`);
    const tags = [{ tag: 'meta', attrs: { property: 'og:url', content: href }, injectTo: 'head' as const }];
    return { html: html.replace('content="./preview.png"', `content="${href}preview.png"`), tags };
  },
});

const EMBED_FILE = 'embed.js';

/** The script that defines the custom element, as one file for pages of any kind. */
async function bundleEmbedScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { __SEED_SCENARIO__: JSON.stringify(SEED_SCENARIO) },
    build: {
      write: false,
      target: TARGET,
      lib: { entry: 'src/embed/embed-element.ts', formats: ['iife'], name: 'policyPlayground' },
    },
  });
  const [first] = [built].flat();
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${EMBED_FILE} came out empty`);
  return chunk.code;
}

/** Puts `embed.js` beside the page under a name that never changes, since other sites write it into their pages. */
function embedScript(): Plugin {
  return {
    name: 'embed-script',
    configureServer(server) {
      server.middlewares.use(`/${EMBED_FILE}`, (_request, response, next) => {
        bundleEmbedScript().then((code) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(code);
        }, next);
      });
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: EMBED_FILE, source: await bundleEmbedScript() });
    },
  };
}

/** Modules of `start` and all they import; with `later` also what they import when asked. */
function closureOf(start: string, later: boolean, context: Rolldown.ChunkingContext): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [resolve(start)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const info = context.getModuleInfo(id);
    open.push(...(info?.importedIds ?? []), ...(later ? (info?.dynamicallyImportedIds ?? []) : []));
  }
  return found;
}

/**
 * Puts what the page starts with into two files: what an embed may need too, and the rest. Left alone, the bundler cuts a
 * file for every set of later parts that share a module, which compresses badly.
 */
function pageChunks(): (id: string, context: Rolldown.ChunkingContext) => string | null {
  let sets: { readonly page: ReadonlySet<string>; readonly embed: ReadonlySet<string> } | undefined;
  return (id, context) => {
    sets ??= { page: closureOf('src/page.ts', false, context), embed: closureOf('src/embed/start.ts', true, context) };
    if (!sets.page.has(id)) return null;
    return sets.embed.has(id) ? 'base' : 'page';
  };
}

/** Puts what the worker starts with into one file, for the same reason. */
function workerChunks(): (id: string, context: Rolldown.ChunkingContext) => string | null {
  let start: ReadonlySet<string> | undefined;
  return (id, context) => {
    start ??= closureOf('workers/engine.worker.ts', false, context);
    return start.has(id) ? 'decide' : null;
  };
}

export default defineConfig({
  // why: a relative base lets one build work from any sub-path
  base: './',
  plugins: [sveltePlugin(), report.page(), embedScript(), docs(), fullAddress(), offline()],
  worker: {
    format: 'es',
    plugins: () => [scannerAlone(), report.worker()],
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: workerChunks() }] } } },
  },
  build: {
    target: TARGET,
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: pageChunks() }] } } },
    chunkSizeWarningLimit: 4096,
  },
  // why: a package found only when a later part asks for it would reload the page under the person who asked.
  optimizeDeps: { entries: ['index.html', 'src/**/*.{ts,svelte}', 'workers/**/*.ts', '!src/{cli,docs}/**'] },
  // why: a sandboxed frame has no origin, so every script it loads is asked for from elsewhere.
  preview: { host: '127.0.0.1', port: 4173, strictPort: true, cors: true },
  test: { projects: [nodeProject, browserProject(() => [sveltePlugin(), ...offline()])] },
});
