/** Largest trace that is read, in bytes and so in characters: 64 MiB. */
export const MAX_TRACE_BYTES = 64 * 1_048_576;
/** Most calls that are kept of a trace. */
export const MAX_TRACE_CALLS = 1_000_000;
/** Longest single record, in characters. */
export const MAX_RECORD = 16 * 1_048_576;
/** How deep the arguments of a recorded call may nest (the arguments themselves are level 1). */
export const MAX_ARGUMENT_DEPTH = 64;
/** Most different callers, and most different tools; a run keeps both in 16 bits. */
export const MAX_NAMES = 65_535;
