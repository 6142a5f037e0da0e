import type { Pen } from './pen.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** Nothing of the timeline is drawn with patterns or gradients. */
function colour(style: Pen['fillStyle']): string {
  return typeof style === 'string' ? escaped(style) : 'none';
}

/** Places to a tenth of a pixel are finer than any screen shows. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Writes what is drawn as the elements of an SVG: paths, boxes and text, nothing as pixels. */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = 'black';
  strokeStyle: Pen['strokeStyle'] = 'black';
  lineWidth = 1;
  lineJoin: Pen['lineJoin'] = 'miter';
  globalAlpha = 1;
  font = '';
  textBaseline: Pen['textBaseline'] = 'alphabetic';
  readonly measureText: Pen['measureText'];
  readonly #elements: string[] = [];
  #path = '';
  #dash: readonly number[] = [];

  /** `measure` tells the width of a text in the present font, in px. */
  constructor(measure: (text: string, font: string) => number) {
    this.measureText = (text) => ({ width: measure(text, this.font) });
  }

  /** Everything drawn so far moves by this much; ends with `back`. What leaves the box is cut off. */
  shift(x: number, y: number, width: number, height: number): void {
    this.#elements.push(
      `<svg x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" overflow="hidden">`,
    );
  }

  back(): void {
    this.#elements.push('</svg>');
  }

  /** The whole picture; `title` says what it shows. */
  toText(width: number, height: number, title: string): string {
    const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
    const open = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="t">`;
    return `${open}<title id="t">${escaped(title)}</title>${this.#elements.join('')}</svg>\n`;
  }

  setLineDash(segments: Iterable<number>): void {
    this.#dash = [...segments];
  }
  beginPath(): void {
    this.#path = '';
  }
  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`;
  }
  lineTo(x: number, y: number): void {
    // why: on a canvas, too, a path that starts with a line starts at its end.
    this.#path += `${this.#path === '' ? 'M' : 'L'}${short(x)} ${short(y)}`;
  }
  closePath(): void {
    this.#path += 'Z';
  }
  /** Whole circles are all that is drawn. */
  arc(x: number, y: number, r: number): void {
    const [radius, across] = [short(r), short(2 * r)];
    this.#path += `M${short(x - r)} ${short(y)}a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0 -${across} 0`;
  }
  fill(): void {
    this.#elements.push(`<path d="${this.#path}" ${this.#filled()}/>`);
  }
  stroke(): void {
    this.#elements.push(`<path d="${this.#path}" ${this.#stroked()}/>`);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.#elements.push(`<rect ${box(x, y, width, height)} ${this.#filled()}/>`);
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#elements.push(`<rect ${box(x, y, width, height)} ${this.#stroked()}/>`);
  }
  fillText(text: string, x: number, y: number): void {
    this.#elements.push(`<text ${this.#placed(x, y)} ${this.#filled()}>${escaped(text)}</text>`);
  }
  strokeText(text: string, x: number, y: number): void {
    this.#elements.push(`<text ${this.#placed(x, y)} ${this.#stroked()}>${escaped(text)}</text>`);
  }

  #filled(): string {
    const alpha = this.globalAlpha === 1 ? '' : ` fill-opacity="${this.globalAlpha}"`;
    return `fill="${colour(this.fillStyle)}"${alpha}`;
  }

  #stroked(): string {
    const dash = this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.join(' ')}"`;
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    return `fill="none" stroke="${colour(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"${dash}${join}`;
  }

  #placed(x: number, y: number): string {
    const baseline = this.textBaseline === 'middle' ? ' dominant-baseline="central"' : '';
    return `x="${short(x)}" y="${short(y)}" style="${escaped(`font:${this.font}`)}"${baseline}`;
  }
}

function box(x: number, y: number, width: number, height: number): string {
  return `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
}
