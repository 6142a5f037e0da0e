import type { RunSummary } from '../../../workers/engine-api.ts';
import { formatCount } from '../kit/format-number.ts';

/** Widest a character of a name gets, so that no name is cut. */
const CHARACTER_PX = 7.4;

function longest(names: readonly string[]): number {
  return names.reduce((most, name) => Math.max(most, name.length), 8);
}

/** Widths of the columns that depend on the names in a run, as custom properties. */
export function columnWidths(summary: RunSummary): string {
  const px = (characters: number, more: number): string => `${characters * CHARACTER_PX + more}px`;
  const grant = Math.min(32, longest(summary.grants.map((each) => each.grant)));
  return [
    `--number: max(56px, ${px(formatCount(summary.calls).length, 20)})`,
    `--rule: ${px(longest(summary.rules.map((each) => each.rule)), 32)}`,
    `--tool: ${px(longest(summary.tools.map((each) => each.tool)), 24)}`,
    `--grant: ${px(grant, 24)}`,
  ].join('; ');
}

/** The row a key leads to from row `active` of `total`, `page` rows a page; null for keys that move nothing. */
export function rowForKey(key: string, active: number, page: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
