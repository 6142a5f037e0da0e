/** What is quoted: its title (may be empty), the text of its policy, and a link to it. */
export interface Quoted {
  readonly title: string;
  readonly policy: string;
  readonly yaml: boolean;
  readonly link: string;
}

/** Height of a frame before, or without, being told that of its content; CSS pixels. */
const FRAME_HEIGHT = 420;

function html(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}

function named({ title }: Quoted): string {
  return title.replace(/\s+/g, ' ').trim() || 'Policy Playground';
}

/** `link` with the query of an embed. */
function embedAddress(link: string): string {
  const address = new URL(link);
  address.search = '?embed';
  return address.href;
}

/** A link and the policy as a block of code; the fence is longer than any in the policy. */
export function markdownSnippet(quoted: Quoted): string {
  const { policy, yaml, link } = quoted;
  const runs = [...policy.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, 1 + Math.max(0, ...runs)));
  const title = named(quoted).replace(/[\\[\]*_`<>]/g, '\\$&');
  return `[${title}](${link})\n\n${fence}${yaml ? 'yaml' : 'json'}\n${policy.trimEnd()}\n${fence}\n`;
}

/** A sandboxed frame; pages of its own it may open are not. */
export function frameSnippet(quoted: Quoted): string {
  const attributes = [
    `src="${html(embedAddress(quoted.link))}"`,
    `title="${html(named(quoted))}"`,
    `width="100%" height="${FRAME_HEIGHT}" style="border: 0" loading="lazy"`,
    'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"',
  ];
  return `<iframe\n  ${attributes.join('\n  ')}\n></iframe>\n`;
}

/** The custom element with the script that defines it; the link inside is what is left without scripts. */
export function elementSnippet(quoted: Quoted): string {
  const script = html(new URL('embed.js', quoted.link).href);
  const link = html(quoted.link);
  const inside = `<a href="${link}">${html(named(quoted))}</a>`;
  return `<script src="${script}" defer></script>\n<policy-playground src="${link}">${inside}</policy-playground>\n`;
}
