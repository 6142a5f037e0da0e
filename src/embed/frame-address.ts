/** The scenario the page opens with, put in when `embed.js` is built. */
declare const __SEED_SCENARIO__: unknown;

const VIEWS = ['split', 'policy', 'run'];

/** Fragment of a link to a policy (with the scenario the page opens with), or to the object of a link. */
async function fragmentOf(text: string, title: string): Promise<string> {
  const written: unknown = JSON.parse(text);
  const whole = typeof written === 'object' && written !== null && 'policy' in written && 'scenario' in written;
  const policy = { dialect: 'policylayer', text };
  const link = whole ? written : { v: 1, engine: 'embed', title, policy, scenario: __SEED_SCENARIO__ };
  const stream = new Blob([JSON.stringify(link)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `#v1.${btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`;
}

/** Takes away the indent that all lines of a text inside HTML share. */
function withoutIndent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}

/**
 * Address of the frame for an element: `src` (a link or a page), else the page beside `embed.js` with the policy written
 * inside the element. Null when `src` is no address of the web; text that is no JSON opens what the page opens with.
 */
export async function frameAddress(element: Element, home: string, theme: string): Promise<string | null> {
  const src = element.getAttribute('src');
  const text = element.querySelector('script[type="application/json"]')?.textContent ?? '';
  let address: URL;
  try {
    address = new URL(src ?? home, element.ownerDocument.baseURI);
    if (text.trim() !== '' && address.hash === '')
      address.hash = await fragmentOf(withoutIndent(text), element.getAttribute('title') ?? '');
  } catch (error) {
    if (!(error instanceof SyntaxError)) return null;
    address = new URL(src ?? home, element.ownerDocument.baseURI);
  }
  if (!/^https?:$/.test(address.protocol)) return null;
  const query = address.searchParams;
  query.set('embed', '');
  query.set('theme', theme);
  const view = element.getAttribute('view') ?? '';
  if (VIEWS.includes(view)) query.set('view', view);
  return address.href;
}
