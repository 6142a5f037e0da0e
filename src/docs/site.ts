import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCodeExamples, readExamples } from './examples.ts';
import { renderPage, type DocsSources, type RenderedPage } from './markdown.ts';
import { pageHtml, readHead } from './page.ts';
import { PAGES } from './page-list.ts';
import { DocsProblem } from './problem.ts';
import { TABLES } from './tables.ts';

/** Throws a `DocsProblem` for a link to a page or a heading that is not there. */
export function checkLinks(pages: readonly RenderedPage[]): void {
  const anchors = new Map(pages.map(({ name, headings }) => [name, new Set(headings.map(({ slug }) => slug))]));
  for (const { name, links } of pages) {
    for (const { page, slug } of links) {
      const known = anchors.get(page);
      if (known === undefined) throw new DocsProblem(`${name}.md`, `there is no page \`${page}.md\`; write it`);
      if (slug !== '' && !known.has(slug)) {
        throw new DocsProblem(`${name}.md`, `\`${page}.md\` has no heading \`#${slug}\`; correct the link`);
      }
    }
  }
}

const picturesIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'pictures')).filter((name) => name.endsWith('.png'));

/** Reads the folder of the docs: its pages as HTML, checked against each other. Throws a `DocsProblem`. */
async function readPages(folder: string): Promise<readonly RenderedPage[]> {
  const sources: DocsSources = {
    examples: new Map([...(await readCodeExamples()), ...(await readExamples(join(folder, 'examples')))]),
    tables: TABLES,
    pictures: new Set(picturesIn(folder)),
  };
  const pages = PAGES.map(({ name }) => renderPage(name, readFileSync(join(folder, `${name}.md`), 'utf8'), sources));
  checkLinks(pages);
  return pages;
}

const STYLES = ['../ui/styles/tokens.css', '../ui/styles/base.css', 'docs.css'];

/** Every file of the docs by its name within `docs/`. `playground` is the text of the page of the playground. */
export async function docsFiles(folder: string, playground: string): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const head = readHead(playground);
  const files = new Map<string, string | Uint8Array>();
  for (const page of await readPages(folder)) files.set(`${page.name}.html`, pageHtml(page, head));
  files.set('docs.css', STYLES.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n'));
  files.set('docs.js', readFileSync(join(folder, 'docs.js'), 'utf8'));
  for (const name of picturesIn(folder)) {
    files.set(`pictures/${name}`, readFileSync(join(folder, 'pictures', name)));
  }
  return files;
}
