import { copyText, saveBlob } from '../share/copy-text.ts';
import { type Picture, pngOf, svgOf } from './picture-file.ts';

/** What a chart can be saved as; `copy` puts its data on the clipboard. */
export type SavedAs = 'png' | 'svg' | 'csv' | 'copy';

/** A chart to be saved: name of the file, its picture, and its data as comma-separated values. */
export interface ChartFile {
  readonly name: string;
  readonly picture: () => Picture;
  readonly csv: () => string;
}

/** Saves or copies a chart; says what was done, in words for a status line. */
export async function saveChart({ name, picture, csv }: ChartFile, as: SavedAs): Promise<string> {
  if (as === 'copy') return (await copyText(csv())) ? 'Data copied.' : 'The browser did not allow copying.';
  if (as === 'csv') saveBlob(`${name}.csv`, new Blob([csv()], { type: 'text/csv' }));
  else if (as === 'svg') saveBlob(`${name}.svg`, new Blob([svgOf(picture())], { type: 'image/svg+xml' }));
  else {
    const png = await pngOf(picture());
    if (png === null) return 'The picture is too large for this browser. Save it as SVG.';
    saveBlob(`${name}.png`, png);
  }
  return `Saved ${name}.${as}.`;
}
