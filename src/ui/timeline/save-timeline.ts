import type { Playground } from '../../state/playground.svelte.ts';
import { copyText, saveBlob } from '../share/copy-text.ts';
import { readPalette } from './palette.ts';
import { drawPicture, pictureSize, type PictureContent, type PicturePen } from './picture.ts';
import { SvgPen } from './svg-pen.ts';
import { timelineCsv } from './timeline-csv.ts';
import { timelineSentence } from './timeline-words.ts';
import type { TimelineView } from './timeline-view.svelte.ts';

/** Pixels of a PNG per CSS px. */
const PNG_SCALE = 2;

function contentOf(playground: Playground, view: TimelineView): PictureContent | null {
  const { run, clock } = playground;
  const timeline = view.feed.data;
  if (timeline === null || run.summary === null) return null;
  const host = document.querySelector<HTMLElement>('section.timeline') ?? document.body;
  return {
    timeline,
    summary: run.summary,
    span: view.span,
    palette: readPalette(host),
    marks: view.mode !== 'density',
    atMs: clock.atMs,
  };
}

/** The picture as SVG text. */
function svgOf(content: PictureContent): string {
  const context = document.createElement('canvas').getContext('2d');
  const pen = new SvgPen((text, font) => {
    if (context === null) return text.length * 6;
    context.font = font;
    return context.measureText(text).width;
  });
  drawPicture(pen, content);
  const { width, height } = pictureSize(content);
  return pen.toText(width, height, timelineSentence(content.summary));
}

/** The same picture in pixels; null when the browser gives no canvas of that size. */
async function pngOf(content: PictureContent): Promise<Blob | null> {
  const { width, height } = pictureSize(content);
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
  const pen: PicturePen = Object.assign(context, parts);
  drawPicture(pen, content);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Saves or copies what is in view; says what was done, in words for a status line. */
export async function saveTimeline(
  playground: Playground,
  view: TimelineView,
  as: 'png' | 'svg' | 'csv' | 'copy',
): Promise<string> {
  const content = contentOf(playground, view);
  if (content === null) return 'Nothing has run yet.';
  if (as === 'csv' || as === 'copy') {
    const csv = timelineCsv(content.timeline);
    if (as === 'copy') return (await copyText(csv)) ? 'Data copied.' : 'The browser did not allow copying.';
    saveBlob('timeline.csv', new Blob([csv], { type: 'text/csv' }));
    return 'Saved timeline.csv.';
  }
  if (as === 'svg') {
    saveBlob('timeline.svg', new Blob([svgOf(content)], { type: 'image/svg+xml' }));
    return 'Saved timeline.svg.';
  }
  const png = await pngOf(content);
  if (png === null) return 'The picture is too large for this browser. Save it as SVG.';
  saveBlob('timeline.png', png);
  return 'Saved timeline.png.';
}
