import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { docsFiles } from './site.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const PLAYGROUND = fileURLToPath(new URL('../../index.html', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  png: 'image/png',
};

const readFiles = (): ReturnType<typeof docsFiles> => docsFiles(FOLDER, readFileSync(PLAYGROUND, 'utf8'));

/** Puts the docs beside the page, under `docs/`; while the page is served for editing, reads them anew for each request. */
export function docs(): Plugin {
  return {
    name: 'docs',
    configureServer(server) {
      server.middlewares.use('/docs/', (request, response, next) => {
        const name = new URL(request.url ?? '', 'http://localhost').pathname.slice(1) || 'index.html';
        readFiles().then((files) => {
          const file = files.get(name);
          const type = TYPES[name.split('.').at(-1) ?? ''];
          if (file === undefined || type === undefined) {
            next();
            return;
          }
          response.setHeader('Content-Type', type);
          response.end(file);
        }, next);
      });
    },
    async generateBundle() {
      for (const [name, source] of await readFiles())
        this.emitFile({ type: 'asset', fileName: `docs/${name}`, source });
    },
  };
}
