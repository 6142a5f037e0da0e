/** Most characters of a link's payload, base64url as written. */
export const MOST_ENCODED = 65_536;

/** Most bytes of the inflated content, UTF-8. */
export const MOST_INFLATED = 1_048_576;

/** Deepest nesting of the content's JSON; the link object itself is level 1. */
export const MOST_DEPTH = 32;

/** Lengths of a whole link, in characters, above which places to paste it begin to cut it. */
export const LINK_MARKS = { chat: 2000, tracker: 8000 } as const;

/**
 * How far a link of `urlLength` characters gets: `roomy` up to 75 % of what issue trackers take, `near` up to all of it,
 * `long` beyond. Past `MOST_ENCODED` there is no link at all.
 */
export function gradeLength(urlLength: number): 'roomy' | 'near' | 'long' {
  if (urlLength > LINK_MARKS.tracker) return 'long';
  return urlLength > LINK_MARKS.tracker * 0.75 ? 'near' : 'roomy';
}
