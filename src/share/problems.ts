/** Why a link or file does not open. Stable: the page shows it as `data-link-error`. */
export const LINK_PROBLEMS = {
  'unknown-version': 'This link is written in another version',
  damaged: 'This link is damaged',
  'too-long': 'This link is too long',
  'too-large': 'This link unfolds to too much',
  'too-deep': 'This link is nested too deep',
  invalid: 'This link holds something else',
  unsupported: 'This browser cannot pack or unpack links',
} as const;
export type LinkProblemCode = keyof typeof LINK_PROBLEMS;

/**
 * A link that was not opened. `title` and `read` are for people: what is wrong, what could be read and what could not.
 * `raw` is the most readable text that the link gave (content if it unfolded, else the fragment), for copying or saving.
 */
export interface LinkProblem {
  readonly kind: 'rejected';
  readonly code: LinkProblemCode;
  readonly title: string;
  readonly read: string;
  readonly raw: string;
}

/** Builds the problem `code`; `read` is one or two sentences. */
export function linkProblem(code: LinkProblemCode, read: string, raw: string): LinkProblem {
  return { kind: 'rejected', code, title: LINK_PROBLEMS[code], read, raw };
}
