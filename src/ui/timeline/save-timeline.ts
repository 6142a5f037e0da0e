import type { Playground } from '../../state/playground.svelte.ts';
import { saveChart, type SavedAs } from '../charts/save-chart.ts';
import { readPalette } from './palette.ts';
import { drawPicture, pictureSize, type PictureContent } from './picture.ts';
import { timelineCsv } from './timeline-csv.ts';
import { timelineSentence } from './timeline-words.ts';
import type { TimelineView } from './timeline-view.svelte.ts';

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

/** Saves or copies what is in view; says what was done, in words for a status line. */
export async function saveTimeline(playground: Playground, view: TimelineView, as: SavedAs): Promise<string> {
  const content = contentOf(playground, view);
  if (content === null) return 'Nothing has run yet.';
  return saveChart(
    {
      name: 'timeline',
      csv: () => timelineCsv(content.timeline),
      picture: () => ({
        ...pictureSize(content),
        title: timelineSentence(content.summary, content.timeline.tickets),
        draw: (pen) => drawPicture(pen, content),
      }),
    },
    as,
  );
}
