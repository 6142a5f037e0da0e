import { Lexer, Parser, Renderer, type Token, type Tokens } from 'marked';
import type { Example } from './examples.ts';
import { PAGES } from './page-list.ts';
import { DocsProblem } from './problem.ts';
import { slugger } from './slug.ts';

/** Stands for the address of the playground in links and snippets; readers put in their own. */
const PLAYGROUND = 'https://playground.example/';

/** Address of the playground as a page of the docs sees it. */
export const HOME = '../';

/** What pages may refer to. */
export interface DocsSources {
  readonly examples: ReadonlyMap<string, Example>;
  readonly tables: Readonly<Record<string, () => string>>;
  /** Names of the files in `pictures/`. */
  readonly pictures: ReadonlySet<string>;
}

/** A heading under the title: `html` is its words, `slug` its anchor. */
export interface Heading {
  readonly depth: number;
  readonly slug: string;
  readonly html: string;
}

/** A page as HTML, and what has to be known to check it against the others. */
export interface RenderedPage {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  /** Links to pages of the docs: name and anchor (empty: the page). */
  readonly links: readonly { readonly page: string; readonly slug: string }[];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for the inside of an element or of an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark);
}

function plainText(tokens: readonly Token[] = []): string {
  return tokens.map((token) => partText(token as { text?: string; tokens?: Token[] })).join('');
}

const partText = ({ text = '', tokens }: { text?: string; tokens?: Token[] }): string =>
  tokens === undefined ? text : plainText(tokens);

const LANGUAGES: Readonly<Record<string, string>> = {
  html: 'HTML',
  js: 'JavaScript',
  json: 'JSON',
  jsonc: 'JSON',
  sh: 'Shell',
  text: 'Text',
  yaml: 'YAML',
};

/** Writes the tokens of one page as HTML. Whatever the docs do not use, or that leads nowhere, throws a `DocsProblem`. */
class PageRenderer extends Renderer {
  readonly headings: Heading[] = [];
  readonly links: { page: string; slug: string }[] = [];
  readonly #page: string;
  readonly #sources: DocsSources;
  readonly #slugOf = slugger();

  constructor(page: string, sources: DocsSources) {
    super();
    this.#page = page;
    this.#sources = sources;
  }

  override html({ raw }: Tokens.HTML | Tokens.Tag): string {
    throw this.#problem(`raw HTML is not taken over: \`${raw.trim()}\`; write Markdown`);
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const slug = this.#slugOf(plainText(tokens));
    if (tokens.some(({ type }) => type === 'link'))
      throw this.#problem(`the heading \`${slug}\` holds a link; take it out`);
    const html = this.parser.parseInline(tokens);
    if (depth === 1) return `<h1 id="${slug}">${html}</h1>\n`;
    this.headings.push({ depth, slug, html });
    return `<h${depth} id="${slug}"><a href="#${slug}">${html}</a></h${depth}>\n`;
  }

  override paragraph(token: Tokens.Paragraph): string {
    const [only, more] = token.tokens;
    if (only?.type === 'image' && more === undefined) return this.#figure(only as Tokens.Image);
    return super.paragraph(token);
  }

  override image({ href }: Tokens.Image): string {
    throw this.#problem(`\`${href}\` stands inside a paragraph; give it one of its own`);
  }

  override link({ href, tokens }: Tokens.Link): string {
    const words = this.parser.parseInline(tokens);
    const example = href.startsWith('example:') ? this.#example(href) : null;
    if (example === null) return `<a href="${escapeHtml(this.#address(href))}">${words}</a>`;
    return `<a href="${HOME}${example.fragment}" data-example="${example.name}">${words}</a>`;
  }

  override code({ text, lang = '' }: Tokens.Code): string {
    const [language = '', ...more] = lang.split(' ');
    const label = LANGUAGES[language];
    if (label === undefined)
      throw this.#problem(`a block of code says \`${lang}\`; use ${Object.keys(LANGUAGES).join(', ')}`);
    const box = `<div class="boxed"><pre class="box" role="group" aria-label="${label}" tabindex="0"><code>${escapeHtml(text)}\n</code></pre></div>\n`;
    if (!more.includes('live')) return box;
    return `${box}<div class="live">${text.replaceAll(PLAYGROUND, HOME)}</div>\n`;
  }

  override table(token: Tokens.Table): string {
    const label = escapeHtml(`Table: ${plainText(token.header[0]?.tokens ?? []) || 'facts'}`);
    return `<div class="table" role="group" aria-label="${label}" tabindex="0">${super.table(token)}</div>\n`;
  }

  #figure({ href, text }: Tokens.Image): string {
    if (href.startsWith('example:')) {
      const { name, fragment } = this.#example(href);
      const words = escapeHtml(text);
      const inside = `<a href="${HOME}${fragment}">${words}</a>`;
      return `<policy-playground src="${HOME}${fragment}" title="${words}" data-example="${name}">${inside}</policy-playground>\n`;
    }
    const [, file = ''] = /^pictures\/(.+)$/.exec(href) ?? [];
    if (!this.#sources.pictures.has(file)) throw this.#problem(`there is no picture \`${href}\`; put it into pictures`);
    if (text === '') throw this.#problem(`the picture \`${href}\` has no words; say what it shows`);
    return `<figure><img src="${escapeHtml(href)}" alt="${escapeHtml(text)}" loading="lazy"></figure>\n`;
  }

  #example(href: string): Example {
    const example = this.#sources.examples.get(href.slice('example:'.length));
    if (example === undefined) throw this.#problem(`there is no \`${href}\`; put it into examples`);
    return example;
  }

  /** The address that a link of the source has on the page. */
  #address(href: string): string {
    if (href.startsWith(PLAYGROUND)) return HOME + href.slice(PLAYGROUND.length);
    if (href.startsWith('https://')) return href;
    const [, page = this.#page, slug = ''] = /^(?:([a-z]+)\.md)?(?:#(.+))?$/.exec(href) ?? [];
    const known = href !== '' && /^([a-z]+\.md)?(#.+)?$/.test(href) && PAGES.some(({ name }) => name === page);
    if (!known) throw this.#problem(`the link \`${href}\` leads nowhere; name a page, an example or an https address`);
    this.links.push({ page, slug });
    const file = page === this.#page && slug !== '' ? '' : `${page}.html`;
    return slug === '' ? file : `${file}#${slug}`;
  }

  #problem(message: string): DocsProblem {
    return new DocsProblem(`${this.#page}.md`, message);
  }
}

/** Puts the tokens of a table in the place of each comment that asks for one. Other comments of tools are dropped. */
function withTables(page: string, tokens: readonly Token[], tables: DocsSources['tables']): Token[] {
  return tokens.flatMap((token) => {
    if (token.type !== 'html') return [token];
    if (/^<!-- prettier-ignore(-start|-end)? -->\s*$/.test(token.raw)) return [];
    const [, name] = /^<!-- table: ([a-z-]+) -->\s*$/.exec(token.raw) ?? [];
    if (name === undefined) return [token];
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
    if (table === undefined) throw new DocsProblem(`${page}.md`, `there is no table \`${name}\`; add it to tables.ts`);
    return Lexer.lex(table());
  });
}

/** Turns the source of a page into HTML. Its first lines are `# Title` and a paragraph that describes it. */
export function renderPage(name: string, markdown: string, sources: DocsSources): RenderedPage {
  const tokens = withTables(name, Lexer.lex(markdown), sources.tables).filter(({ type }) => type !== 'space');
  const [title, description] = tokens;
  if (title?.type !== 'heading' || title['depth'] !== 1 || description?.type !== 'paragraph') {
    throw new DocsProblem(`${name}.md`, 'it begins with `# Title` and a paragraph that describes it; write both');
  }
  const renderer = new PageRenderer(name, sources);
  const html = Parser.parse(tokens, { renderer });
  const { headings, links } = renderer;
  return {
    name,
    title: plainText(title.tokens),
    description: plainText(description.tokens).replace(/\s+/g, ' '),
    html,
    headings,
    links,
  };
}
