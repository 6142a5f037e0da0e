/** A stretch of one line from `from` to the next token's; `type` names a colour of the editor's theme. */
export interface LineToken {
  readonly from: number;
  readonly type: 'key' | 'string' | 'number' | 'word' | 'comment' | 'mark' | '';
}

/** Reads one token at the start of what is left; the first that fits counts. */
const PARTS: readonly (readonly [LineToken['type'], RegExp])[] = [
  ['', /\s+/y],
  ['comment', /\/\/.*|\/\*.*?\*\/|\/\*.*/y],
  ['key', /"(?:[^"\\]|\\.)*"(?=\s*:)/y],
  ['string', /"(?:[^"\\]|\\.)*"?/y],
  ['number', /-?\d[\d.eE+-]*/y],
  ['word', /[A-Za-z]\w*/y],
  ['mark', /[{}[\],:]/y],
];

/** YAML, as Intercept's policies use it: comments, keys, quoted text, numbers, list marks. */
const YAML_PARTS: readonly (readonly [LineToken['type'], RegExp])[] = [
  ['comment', /(?<=^|\s)#.*/y],
  ['', /\s+/y],
  ['mark', /-(?=\s|$)|[{}[\],:]/y],
  ['key', /(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#{}[\],:-][^\s:]*)(?=\s*:(?:\s|$))/y],
  ['string', /"(?:[^"\\]|\\.)*"?|'[^']*'?/y],
  ['number', /-?\d[\d.eE+-]*(?=[\s,\]}]|$)/y],
  ['string', /[^\s,[\]{}#][^,[\]{}#]*/y],
];

/** A longer line keeps one colour: nobody reads it, and colouring it would take a while. */
const MOST_LINE = 20_000;

/** Where a block comment that began earlier ends in this line; the line's length when it does not. */
function commentEnd(line: string): number {
  const end = line.indexOf('*/');
  return end === -1 ? line.length : end + 2;
}

/**
 * Colours one line of a policy. `inComment`: the line begins inside a block comment; the answer says whether the next one
 * does. Linear in the line, whatever it holds.
 */
export function tokenizeLine(
  line: string,
  yaml: boolean,
  inComment: boolean,
): { readonly tokens: readonly LineToken[]; readonly inComment: boolean } {
  if (line.length > MOST_LINE) return { tokens: [{ from: 0, type: '' }], inComment };
  const tokens: LineToken[] = [];
  let at = 0;
  let open = inComment;
  if (open) {
    tokens.push({ from: 0, type: 'comment' });
    at = commentEnd(line);
    open = !line.includes('*/');
  }
  while (at < line.length) {
    const [type, length] = readToken(line, at, yaml ? YAML_PARTS : PARTS);
    tokens.push({ from: at, type });
    at += length;
    open = type === 'comment' && !yaml && isOpenComment(line.slice(at - length));
  }
  return { tokens, inComment: open };
}

function isOpenComment(text: string): boolean {
  return text.startsWith('/*') && !text.slice(2).includes('*/');
}

function readToken(line: string, at: number, parts: typeof PARTS): readonly [LineToken['type'], number] {
  for (const [type, part] of parts) {
    part.lastIndex = at;
    const found = part.exec(line);
    if (found !== null && found[0] !== '') return [type, found[0].length];
  }
  return ['', 1];
}
