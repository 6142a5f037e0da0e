/** An element of a small XML document: enough of XML to read back what the command writes, and strict about it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const TEXTS: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#10;', '\n'],
  ['&#13;', '\r'],
  ['&#9;', '\t'],
]);
const TAG = /<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/y;

function unescaped(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const known = TEXTS.get(entity);
    if (known === undefined) throw new Error(`not an entity: ${entity}`);
    return known;
  });
}

/** Reads elements and attributes; throws on anything else, such as text, an open element or an unknown entity. */
export function readXml(text: string): XmlElement {
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[] }[] = [
    { name: '', attributes: {}, children: [] },
  ];
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '');
  for (let at = 0; at < body.length;) {
    const space = /\s*/y;
    space.lastIndex = at;
    at += space.exec(body)?.[0].length ?? 0;
    if (at === body.length) break;
    TAG.lastIndex = at;
    const [tag, slash, name = '', written = '', closed] = TAG.exec(body) ?? [];
    if (tag === undefined) throw new Error(`not a tag: ${body.slice(at, at + 40)}`);
    at += tag.length;
    if (slash === '/') {
      const ended = open.pop();
      if (ended?.name !== name) throw new Error(`${name} closes ${String(ended?.name)}`);
      continue;
    }
    const pairs = [...written.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      unescaped(value),
    ]);
    const element = { name, attributes: Object.fromEntries(pairs) as Record<string, string>, children: [] };
    open.at(-1)?.children.push(element);
    if (closed !== '/') open.push(element);
  }
  const [root, ...rest] = open[0]?.children ?? [];
  if (open.length !== 1 || root === undefined || rest.length > 0) throw new Error('not one closed element');
  return root;
}
