import { describe, expect, it } from 'vitest';
import { readExample } from '../../../src/docs/examples.ts';
import { renderPage, type DocsSources } from '../../../src/docs/markdown.ts';
import { checkLinks } from '../../../src/docs/site.ts';
import { slugger } from '../../../src/docs/slug.ts';

const seed = await readExample('seed', '{ "title": "Seed", "policy": { "version": "1" }, "expect": {} }');
const sources: DocsSources = {
  examples: new Map([['seed', seed]]),
  tables: { codes: () => '| code | says |\n| --- | --- |\n| `bad-max` | see [it](findings.md#bad-max) |' },
  pictures: new Set(['light.png']),
};
const render = (body: string, name = 'policy') =>
  renderPage(name, `# What it means\n\nWords *for* all.\n\n${body}`, sources);
const html = (body: string): string => render(body).html;

describe('a page', () => {
  it('begins with its title and a paragraph that describes it', () => {
    const { title, description, headings } = render('## One `code`\n\n### Deeper\n\n## One code');
    expect([title, description]).toEqual(['What it means', 'Words for all.']);
    expect(headings.map(({ depth, slug }) => `${depth} ${slug}`)).toEqual(['2 one-code', '3 deeper', '2 one-code-1']);
    for (const text of ['', '# Title only', 'words\n\n# Title', '## Small\n\nwords']) {
      expect(() => renderPage('policy', text, sources)).toThrow('docs, policy.md: it begins with `# Title`');
    }
  });

  it('links its headings, and has its code and tables in boxes that the keyboard reaches', () => {
    expect(html('## Order of rules')).toContain(
      '<h2 id="order-of-rules"><a href="#order-of-rules">Order of rules</a></h2>',
    );
    expect(html('```json\n{ "a": "<b>" }\n```')).toContain(
      '<div class="boxed"><pre class="box" role="group" aria-label="JSON" tabindex="0"><code>{ &quot;a&quot;: &quot;&lt;b&gt;&quot; }',
    );
    expect(html('| field | is |\n| --- | --- |\n| `max` | a number |')).toContain(
      '<div class="table" role="group" aria-label="Table: field" tabindex="0"><table>',
    );
  });

  it('shows a live snippet under its text, with this playground in the place of the one that is named', () => {
    const page = html('```html live\n<script src="https://playground.example/embed.js" defer></script>\n```');
    expect(page).toContain('&lt;script src=&quot;https://playground.example/embed.js&quot;');
    expect(page).toContain('<div class="live"><script src="../embed.js" defer></script></div>');
  });

  it('takes tables from the code', () => {
    const { html: made, links } = render('<!-- prettier-ignore -->\n\n<!-- table: codes -->');
    expect(made).toContain('<a href="findings.html#bad-max">it</a>');
    expect(links).toEqual([{ page: 'findings', slug: 'bad-max' }]);
  });
});

describe('links', () => {
  it.each([
    ['[a](scenario.md)', 'href="scenario.html"'],
    ['[a](scenario.md#steps)', 'href="scenario.html#steps"'],
    ['[a](#steps)', 'href="#steps"'],
    ['[a](policy.md#steps)', 'href="#steps"'],
    ['[a](https://example.com/?a=1&b=2)', 'href="https://example.com/?a=1&amp;b=2"'],
    ['[a](https://playground.example/policy.schema.json)', 'href="../policy.schema.json"'],
    ['[a](example:seed)', `href="../${seed.fragment}" data-example="seed"`],
  ])('%s', (markdown, expected) => {
    expect(html(markdown)).toContain(expected);
  });

  it('embed an example where a paragraph holds nothing else', () => {
    expect(html('![A "seed"](example:seed)')).toContain(
      `<policy-playground src="../${seed.fragment}" title="A &quot;seed&quot;" data-example="seed"><a href="../${seed.fragment}">A &quot;seed&quot;</a></policy-playground>`,
    );
    expect(html('![The page](pictures/light.png)')).toContain(
      '<img src="pictures/light.png" alt="The page" loading="lazy">',
    );
  });

  it.each([
    ['[a](example:sed)', 'there is no `example:sed`; put it into examples'],
    ['![a](example:sed)', 'there is no `example:sed`; put it into examples'],
    ['[a](../../README.md)', 'the link `../../README.md` leads nowhere'],
    ['[a](polices.md)', 'the link `polices.md` leads nowhere'],
    ['[a](http://example.com/)', 'the link `http://example.com/` leads nowhere'],
    ['[a](data:text/html,x)', 'the link `data:text/html,x` leads nowhere'],
    ['[a]()', 'the link `` leads nowhere'],
    ['words ![a](example:seed)', '`example:seed` stands inside a paragraph'],
    ['![a](pictures/dark.png)', 'there is no picture `pictures/dark.png`'],
    ['![](pictures/light.png)', 'the picture `pictures/light.png` has no words'],
    ['## A [link](#a)', 'the heading `a-link` holds a link'],
    ['<!-- table: code -->', 'there is no table `code`; add it to tables.ts'],
    ['```ruby\nx\n```', 'a block of code says `ruby`'],
    ['<b>bold</b>', 'raw HTML is not taken over: `<b>`; write Markdown'],
    ['<script>alert(1)</script>', 'raw HTML is not taken over'],
    ['<!-- a comment -->', 'raw HTML is not taken over'],
    ['| a |\n| --- |\n| <img src=x> |', 'raw HTML is not taken over'],
  ])('refuses %s', (markdown, message) => {
    expect(() => render(markdown)).toThrow(`docs, policy.md: ${message}`);
  });

  it('lead to pages and headings that are there', () => {
    const target = render('## Steps', 'scenario');
    expect(() => checkLinks([target, render('[a](scenario.md#steps) [b](scenario.md)')])).not.toThrow();
    expect(() => checkLinks([target, render('[a](scenario.md#step)')])).toThrow(
      'docs, policy.md: `scenario.md` has no heading `#step`; correct the link',
    );
    expect(() => checkLinks([render('[a](scenario.md)')])).toThrow('docs, policy.md: there is no page `scenario.md`');
  });
});

describe('examples', () => {
  it.each([
    ['{', 'this is not JSON; correct it'],
    ['{ "title": "A", "policy": {} }', 'it does not fit the form of an example at expect'],
    ['{ "title": "A", "policy": {}, "expect": { "alowed": 1 } }', 'it does not fit the form of an example at expect'],
    ['{ "title": "A", "policy": {}, "scenario": {}, "expect": {} }', 'its scenario does not fit at '],
  ])('%s is refused', async (text, message) => {
    await expect(readExample('bad', text)).rejects.toThrow(`docs, examples/bad.json: ${message}`);
  });
});

it('anchors are those of code hosts', () => {
  const slugOf = slugger();
  expect(['What is *not*?', '`args.amount` & more', 'A', 'A', 'A-1', 'Größe_x'].map(slugOf)).toEqual([
    'what-is-not',
    'argsamount--more',
    'a',
    'a-1',
    'a-1-1',
    'größe_x',
  ]);
});
