import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Stands for the playground's address in snippets and pages. */
const EXAMPLE = 'https://playground.example/';

const GUIDE = readFileSync(new URL('../../src/docs/embedding.md', import.meta.url), 'utf8');

/** The copyable blocks of one language in a section of the page on embedding, as published. */
export function publishedBlocks(section: string, language: string): readonly string[] {
  const text = GUIDE.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const blocks = [...text.matchAll(/^```(\w+)[^\n]*\n([^]*?)^```$/gm)].filter(([, name]) => name === language);
  return blocks.map(([, , block = '']) => block);
}

/** A page of documentation with `body`, tall enough to scroll. */
export function docsPage(body: string, script = ''): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Policy docs</title></head>
  <body style="margin: 0 40px">
    <h1>Missing arguments</h1>
    <p><label>Search the docs <input id="search"></label></p>
    ${body}
    <div style="height: 3000px"></div>
    <script>${script}</script>
  </body>
</html>`;
}

/** A server on a port of its own. */
export interface Served {
  readonly url: string;
  close(): void;
}

async function listen(server: Server): Promise<Served> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}

/** Serves one page from a port of its own until closed. */
export function serve(page: string): Promise<Served> {
  return listen(
    createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(page);
    }),
  );
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** Text of a file of the site in `host/`. Throws when it is not there. */
export function siteFile(path: string): string {
  return readFileSync(fileURLToPath(new URL(`host/${path}`, import.meta.url)), 'utf8');
}

/** Serves the site in `host/` as a generator left it, with the address of `playground` in the place of the example's. */
export function serveSite(playground: string): Promise<Served> {
  return listen(
    createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const path = pathname.slice(1) + (pathname.endsWith('/') ? 'index.html' : '');
      try {
        const text = siteFile(path).replaceAll(EXAMPLE, playground);
        response.setHeader('Content-Type', `${TYPES[extname(path)] ?? 'text/plain'}; charset=utf-8`);
        response.end(text);
      } catch {
        response.statusCode = path === 'favicon.ico' ? 204 : 404;
        response.end();
      }
    }),
  );
}
