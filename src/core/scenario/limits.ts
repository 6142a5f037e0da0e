/** Most calls a run may plan. */
export const MAX_CALLS = 10_000_000;
/** Longest virtual time a run may span, in ms: 31 days. */
export const MAX_SPAN_MS = 31 * 86_400_000;
export const MAX_AGENTS = 64;
/** Most agents that a scenario adds to the world or changes in it. */
export const MAX_WORLD_AGENTS = 1000;
/** How deep repeats may stand in repeats, and how deep arguments may nest (the arguments themselves are level 1). */
export const MAX_DEPTH = 8;
/** Largest document, as UTF-8 bytes of its JSON without spaces. */
export const MAX_BYTES = 1_048_576;
/** Most different tool names in a document; a run keeps them in 16 bits. */
export const MAX_TOOLS = 65_535;
