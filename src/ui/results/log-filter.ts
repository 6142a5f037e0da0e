import type { LogFilter } from '../../../workers/engine-api.ts';

/** True when a filter leaves calls out. */
export function isFiltered({ outcomes, tools, grants, rules, text, fromMs, toMs }: LogFilter): boolean {
  const isPart = fromMs !== undefined || toMs !== undefined;
  return isPart || [outcomes, tools, grants, rules].some((list) => list.length > 0) || text !== '';
}

/** What the button of a filter says: `All tools`, the one chosen, or `2 tools`. */
export function choiceText(chosen: readonly string[], all: string, many: string): string {
  if (chosen.length === 0) return all;
  return chosen.length === 1 ? (chosen[0] ?? all) : `${chosen.length} ${many}`;
}
