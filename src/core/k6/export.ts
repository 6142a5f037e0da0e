/** What the real start has in common with the virtual one: its place within the minute, the hour or the day. */
export type Alignment = 'none' | 'minute' | 'hour' | 'day';

/** Most calls that one script makes. */
export const MAX_SCRIPT_CALLS = 1_000_000;
/** Largest script, in characters. */
export const MAX_SCRIPT_LENGTH = 64 * 1_048_576;

/** What a real gateway may do otherwise, in the order told. They stand in the script and beside its download. */
export const K6_NOTES = {
  reactive:
    'Agents that react are written down as they played out in this run; on another answer they do not change course.',
  approvals: 'Calls that wait for approval need a person, or a rule, at the gateway who answers as the scenario does.',
  failures: 'Failures that the scenario forces are not forced on a real server; the script counts other answers apart.',
  partial: 'The run was cut short; the script holds the calls it decided.',
  sliding: 'The run counts by what-if windows; a gateway counts by the calendar.',
} as const;
/** Code of a note. */
export type K6Note = keyof typeof K6_NOTES;

/** How a script is written. `name` stands in its results. */
export interface K6Options {
  readonly align: Alignment;
  readonly name: string;
}

/** The variable a token is taken from. */
export interface TokenVariable {
  readonly grant: string;
  readonly variable: string;
}

/** What a script needs and does. `windowMs`: the longest window of a limit in the run, 0 without any. */
export interface K6Outline {
  readonly calls: number;
  readonly callers: number;
  readonly spanMs: number;
  readonly windowMs: number;
  readonly tokens: readonly TokenVariable[];
  readonly notes: readonly K6Note[];
}

/** A script in parts, to be put one behind the other, or why there is none. */
export type K6Script =
  | { readonly kind: 'script'; readonly outline: K6Outline; readonly parts: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large' };
