import type { PicturePen } from '../timeline/picture.ts';
import { SvgPen } from '../timeline/svg-pen.ts';

/** A drawing and its size in px; `title` says what it shows. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly draw: (pen: PicturePen) => void;
}

/** Pixels of a PNG per CSS px. */
const PNG_SCALE = 2;

/** The picture as SVG text. */
export function svgOf({ width, height, title, draw }: Picture): string {
  const context = document.createElement('canvas').getContext('2d');
  const pen = new SvgPen((text, font) => {
    if (context === null) return text.length * 6;
    context.font = font;
    return context.measureText(text).width;
  });
  draw(pen);
  return pen.toText(width, height, title);
}

/** The same picture in pixels; null when the browser gives no canvas of that size. */
export async function pngOf({ width, height, draw }: Picture): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * PNG_SCALE, height * PNG_SCALE];
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.scale(PNG_SCALE, PNG_SCALE);
  const parts = {
    shift(x: number, y: number, wide: number, high: number): void {
      context.save();
      context.translate(x, y);
      context.beginPath();
      context.rect(0, 0, wide, high);
      context.clip();
    },
    back: () => context.restore(),
  };
  draw(Object.assign(context, parts));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
