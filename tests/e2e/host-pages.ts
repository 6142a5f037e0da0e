import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The copyable blocks of one language in a section of the README, with the playground's address put in. */
export function readmeBlocks(section: string, language: string, playground: string): readonly string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const text = readme.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const blocks = [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].filter(([, name]) => name === language);
  return blocks.map(([, , block = '']) => block.replaceAll('https://playground.example/', playground));
}

/** A page as a static generator of documentation writes it, tall enough to scroll. */
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

/** Serves one page from a port of its own until closed. */
export async function serve(page: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
