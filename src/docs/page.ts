import { ENGINE_VERSION } from '../core/version.ts';
import { escapeHtml, HOME, type RenderedPage } from './markdown.ts';
import { PAGES } from './page-list.ts';

/** Parts of the page of the playground that pages of the docs have too. */
export interface PageHead {
  /** The content security policy. */
  readonly security: string;
  /** The script that chooses the theme; the policy knows it by its hash. */
  readonly theme: string;
}

/** Takes from the page of the playground what the docs share with it. Throws when it is not there. */
export function readHead(playground: string): PageHead {
  const [, security] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(playground) ?? [];
  const [, theme] = /<script>([^]*?)<\/script>/.exec(playground) ?? [];
  if (security === undefined || theme === undefined) throw new Error('index.html has no policy or no theme script');
  return { security, theme };
}

function pageList(current: string): string {
  const items = PAGES.map(({ name, words }) => {
    const here = name === current ? ' aria-current="page"' : '';
    return `<li><a href="${name}.html"${here}>${escapeHtml(words)}</a></li>`;
  });
  return `<nav class="pages" aria-label="Documentation"><ul>${items.join('')}</ul></nav>`;
}

function contents({ headings }: RenderedPage): string {
  if (headings.length < 2) return '';
  const items = headings
    .filter(({ depth }) => depth < 4)
    .map(({ depth, slug, html }) => `<li class="depth-${depth}"><a href="#${slug}">${html}</a></li>`);
  return `<nav class="contents" aria-label="On this page"><details open><summary>On this page</summary><ul>${items.join('')}</ul></details></nav>`;
}

function nextPage(current: string): string {
  const next = PAGES[PAGES.findIndex(({ name }) => name === current) + 1];
  return next === undefined
    ? ''
    : `<p class="next">Next: <a href="${next.name}.html">${escapeHtml(next.words)}</a></p>`;
}

/** A whole page of the docs: the words of `page` between a header, the list of pages and a footer. */
export function pageHtml(page: RenderedPage, { security, theme }: PageHead): string {
  const title = `${escapeHtml(page.title)} · Policy Playground`;
  const description = escapeHtml(page.description);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${security}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="referrer" content="no-referrer">
<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:image" content="${HOME}preview.png">
<meta name="twitter:card" content="summary_large_image">
<link rel="icon" href="${HOME}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
<script>${theme}</script>
<script src="${HOME}embed.js" defer></script>
<script src="docs.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="brand" href="${HOME}"><img src="${HOME}icon.svg" alt="" width="22" height="22">Policy Playground</a>
<span class="section">Docs</span>
<a class="open" href="${HOME}">Open the playground</a>
</header>
<div class="columns">
${pageList(page.name)}
${contents(page)}
<main id="content" tabindex="-1">
${page.html}${nextPage(page.name)}
</main>
</div>
<footer><p>Policy Playground ${escapeHtml(ENGINE_VERSION)}. Nothing on these pages is sent anywhere; embeds decide in your browser.</p></footer>
</body>
</html>
`;
}
