import type { TicketStory } from '../../../workers/engine-api.ts';
import { csvOf } from '../charts/csv.ts';
import { type Line, linePicture } from '../charts/line-picture.ts';
import type { ChartFile } from '../charts/save-chart.ts';
import type { Palette } from '../timeline/palette.ts';
import { shortClockText } from '../timeline/utc-text.ts';
import { chartWords } from './story-words.ts';

/** The lives of tickets over time, to be saved. */
export function storyFile(story: Pick<TicketStory, 'atMs' | 'valid' | 'room' | 'moment'>, palette: Palette): ChartFile {
  const times = [...story.atMs];
  const fromMs = times[0] ?? 0;
  const toMs = times.at(-1) ?? 0;
  const length = Math.max(toMs - fromMs, 1);
  const at = times.map((ms) => (ms - fromMs) / length);
  const line = { at, stepped: true } as const;
  const room: Line[] =
    story.room === null
      ? []
      : [{ ...line, label: 'Policy lets issue', colour: 'ink2', dashed: true, values: [...story.room] }];
  return {
    name: 'tickets',
    csv: () =>
      csvOf([
        ['at', 'valid', 'policy lets issue'],
        ...times.map((ms, i) => [new Date(ms).toISOString(), story.valid[i] ?? 0, story.room?.[i] ?? '']),
      ]),
    picture: () =>
      linePicture({
        title: chartWords(story),
        palette,
        ends: [`${shortClockText(fromMs)} UTC`, `${shortClockText(toMs)} UTC`],
        mark: { at: (story.moment.atMs - fromMs) / length, label: 'moment' },
        lines: [
          { ...line, label: 'Valid at once', colour: 'accent', dashed: false, values: [...story.valid] },
          ...room,
        ],
      }),
  };
}
