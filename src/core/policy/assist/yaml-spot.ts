import type { Range } from '../../diagnostic.ts';
import { type Container, noteCounter, type Spot, type UsedNames } from './spot.ts';
import { readYamlLine, scalarText, type YamlLine } from './yaml-line.ts';

interface Frame extends Container {
  readonly kind: 'object' | 'list';
  readonly column: number;
  readonly path: readonly (string | number)[];
  key: string;
  index: number;
}

/**
 * Where the caret is in a YAML policy, read by lines and indentation, so that unfinished text is no obstacle. Null in a
 * comment, in a text over several lines and in `{ … }`. One pass over the text.
 */
export function yamlSpot(text: string, offset: number): Spot | null {
  return new YamlWalk(offset).walk(text);
}

class YamlWalk {
  readonly #offset: number;
  readonly #used: UsedNames = { tools: new Set(), hidden: new Set(), counters: new Map() };
  readonly #frames: Frame[] = [{ kind: 'object', column: 0, path: [], key: '', index: 0, members: new Map() }];
  #spot: Spot | null = null;
  /** Column of a name whose text goes on over the lines below it; -1 for none. */
  #folded = -1;

  constructor(offset: number) {
    this.#offset = offset;
  }

  walk(text: string): Spot | null {
    for (let start = 0; start <= text.length;) {
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      const line = readYamlLine(text.slice(start, end), start);
      this.#line(line, start <= this.#offset && this.#offset <= end ? this.#offset - start : -1);
      start = end + 1;
    }
    return this.#spot;
  }

  /** `caret`: its column in this line, or -1. */
  #line(line: YamlLine, caret: number): void {
    const isBlank = line.text.trim() === '';
    if (this.#folded >= 0 && (isBlank || line.column > this.#folded)) return;
    this.#folded = -1;
    if (isBlank || line.text.trimStart().startsWith('#')) {
      const isComment = !isBlank && caret >= line.column;
      if (caret >= 0 && !isComment) this.#captureEmpty(line, caret);
      return;
    }
    for (const dash of line.dashes) this.#enter('list', dash);
    if (line.key === null) this.#bare(line, caret);
    else this.#member(line, line.key, caret);
  }

  #member(line: YamlLine, key: string, caret: number): void {
    const frame = this.#enter('object', line.column);
    frame.key = key;
    const written = line.text.slice(line.valueStart, line.valueEnd);
    if (caret > line.colon) this.#captureValue(line, frame, caret);
    else if (caret >= line.column) {
      this.#capture({ role: 'name', path: [...frame.path, key], hasColon: true }, line, [line.column, line.keyEnd]);
    }
    const holds = written === '' || /^[[{|>]/.test(written) ? null : scalarText(written);
    frame.members.set(key, holds);
    if (/^[|>]/.test(written)) this.#folded = line.column;
    this.#note(frame, key, holds, written);
  }

  #note(frame: Frame, key: string, holds: string | null, written: string): void {
    if (frame.path.length === 1 && frame.path[0] === 'tools') this.#used.tools.add(key);
    if (key === 'counter' && holds !== null) noteCounter(this.#used, frame.path, holds);
    if (key !== 'hide' || frame.path.length > 0 || !written.startsWith('[')) return;
    for (const part of written.replace(/^\[|\]$/g, '').split(',')) this.#used.hidden.add(scalarText(part.trim()));
  }

  /** A line without a name: an element of a list, or a name that is being written. */
  #bare(line: YamlLine, caret: number): void {
    const list = this.#frames.at(-1);
    const isItem = line.dashes.length > 0 && list?.kind === 'list';
    const written = line.text.slice(line.valueStart, line.valueEnd);
    if (isItem && list.path[0] === 'hide' && written !== '') this.#used.hidden.add(scalarText(written));
    if (caret < line.column || (caret > line.valueEnd && written !== '')) return;
    // why: behind a list mark without a blank, a name would become one with it.
    if (caret === (line.dashes.at(-1) ?? -2) + 1) return;
    const range: readonly [number, number] = written === '' ? [caret, caret] : [line.valueStart, line.valueEnd];
    if (isItem) this.#capture({ role: 'value', path: [...list.path, list.index] }, line, range);
    else {
      const frame = this.#enter('object', line.column);
      this.#capture({ role: 'name', path: [...frame.path, written] }, line, range);
    }
  }

  #captureEmpty(line: YamlLine, caret: number): void {
    const frames = this.#frames.filter(({ column }) => column <= caret);
    const top = frames.at(-1);
    if (top === undefined) return;
    const range: readonly [number, number] = [caret, caret];
    const isSame = top.column === caret || top.key === '';
    if (top.kind === 'list' && isSame) {
      this.#capture({ role: 'item', path: [...top.path, top.index + 1] }, line, range, frames);
    } else if (isSame) {
      this.#capture({ role: 'name', path: [...top.path, ''] }, line, range, frames);
    } else if (top.kind === 'object' && top.members.get(top.key) === null) {
      const inner: Frame = {
        kind: 'object',
        column: caret,
        path: [...top.path, top.key],
        key: '',
        index: 0,
        members: new Map(),
      };
      // why: members that follow in the same column are then found to be of this object.
      if (top === this.#frames.at(-1)) this.#frames.push(inner);
      this.#capture({ role: 'name', path: [...inner.path, ''] }, line, range, [...frames, inner]);
    }
  }

  #captureValue(line: YamlLine, frame: Frame, caret: number): void {
    const written = line.text.slice(line.valueStart, line.valueEnd);
    const path = [...frame.path, line.key ?? ''];
    if (/^[{|>&*!]/.test(written)) return;
    if (written.startsWith('[')) {
      const found = elementAt(line, caret);
      if (found === null) return;
      const list: Frame = { kind: 'list', column: -1, path, key: '', index: found.index, members: new Map() };
      const frames = [...this.#frames, list];
      this.#capture({ role: 'value', path: [...path, found.index] }, line, [found.start, found.end], frames);
      return;
    }
    if (caret > line.valueEnd && written !== '') return;
    const range: readonly [number, number] =
      written === '' ? [caret, caret] : [Math.min(caret, line.valueStart), line.valueEnd];
    this.#capture({ role: 'value', path, needsSpace: caret === line.colon + 1 }, line, range);
  }

  #capture(
    what: Pick<Spot, 'role' | 'path'> & Partial<Spot>,
    line: YamlLine,
    columns: readonly [number, number],
    frames: readonly Frame[] = this.#frames,
  ): void {
    const range: Range = { start: line.start + columns[0], end: line.start + columns[1] };
    const leading = line.text.length - line.text.trimStart().length;
    this.#spot = {
      dialect: 'intercept',
      range,
      written: scalarText(line.text.slice(columns[0], columns[1])),
      containers: [...frames],
      hasColon: false,
      needsComma: false,
      before: null,
      indent: line.dashes.length > 0 ? Math.max(0, line.column - leading) : 0,
      needsSpace: false,
      used: this.#used,
      ...what,
    };
  }

  /** The container an entry at a column belongs to; deeper ones are over. */
  #enter(kind: Frame['kind'], column: number): Frame {
    const isOver = (frame: Frame): boolean =>
      frame.column > column || (frame.column === column && kind === 'object' && frame.kind === 'list');
    while (this.#frames.length > 1 && isOver(this.#frames.at(-1) ?? this.#root)) this.#frames.pop();
    const top = this.#frames.at(-1) ?? this.#root;
    if (top.column === column && top.kind === kind) {
      top.index++;
      return top;
    }
    // why: a list may stand in the column of the name it belongs to.
    const path = [...top.path, ...(top.kind === 'list' ? [top.index] : top.key === '' ? [] : [top.key])];
    const frame: Frame = { kind, column, path, key: '', index: 0, members: new Map() };
    this.#frames.push(frame);
    return frame;
  }

  get #root(): Frame {
    const [root] = this.#frames;
    return root ?? { kind: 'object', column: 0, path: [], key: '', index: 0, members: new Map() };
  }
}

/** The element of a list in one line, `[a, b]`, that the caret is in; null outside its brackets. */
function elementAt(
  { text, valueStart, valueEnd }: YamlLine,
  caret: number,
): { readonly index: number; readonly start: number; readonly end: number } | null {
  const isClosed = text[valueEnd - 1] === ']' && valueEnd > valueStart + 1;
  const end = isClosed ? valueEnd - 1 : valueEnd;
  if (caret <= valueStart || caret > Math.max(end, isClosed ? 0 : text.length)) return null;
  const before = text.slice(valueStart + 1, caret);
  const from = valueStart + 1 + before.lastIndexOf(',') + 1;
  const comma = text.indexOf(',', caret);
  const to = comma === -1 || comma > end ? end : comma;
  const word = text.slice(from, to);
  const start = from + (word.length - word.trimStart().length);
  const index = before.split(',').length - 1;
  if (word.trim() === '') return { index, start: caret, end: caret };
  return { index, start, end: start + word.trim().length };
}
