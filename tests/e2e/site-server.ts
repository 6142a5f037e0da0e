import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
};

/** The headers that a folder's `_headers` gives every file. */
function headersOf(folder: string): readonly (readonly [string, string])[] {
  const [, block = ''] = /^\/\*\n((?: {2}.*\n)+)/m.exec(readFileSync(join(folder, '_headers'), 'utf8')) ?? [];
  return block
    .split('\n')
    .map((line) => /^ {2}([\w-]+): (.*)$/.exec(line))
    .flatMap((found) => (found === null ? [] : [[found[1] ?? '', found[2] ?? ''] as const]));
}

/**
 * Serves a built site as the plainest host does: its files under `path`, its `404.html` for all else, the headers of its
 * `_headers`, no rewriting. `replaced` holds texts that stand for those of files, by name; `missed` the paths not found.
 */
export async function serveFolder(folder: string, path: string) {
  const replaced = new Map<string, string>();
  const missed: string[] = [];
  const headers = headersOf(folder);
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname);
    const inside = asked.startsWith(path) ? asked.slice(path.length) : '404.html';
    const name = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
    const file = join(folder, name);
    const isThere = asked.startsWith(path) && existsSync(file) && statSync(file).isFile();
    if (!isThere) missed.push(asked);
    for (const [header, value] of headers) response.setHeader(header, value);
    response.setHeader('Content-Type', TYPES[isThere ? extname(name) : '.html'] ?? 'application/octet-stream');
    response.statusCode = isThere ? 200 : 404;
    response.end(replaced.get(name) ?? readFileSync(isThere ? file : join(folder, '404.html')));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}${encodeURI(path)}`, replaced, missed, close };
}
