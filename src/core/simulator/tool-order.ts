import { entry } from './entry.ts';

/**
 * Tools in the order in which every view lists them: those the policy names first, as it does, then those of the
 * server's catalogue, then any other by first call. Indices into `tools`; `present` is in the order of first calls.
 */
export function orderTools(
  present: readonly number[],
  tools: readonly string[],
  policy: Iterable<string>,
  catalogue: Iterable<string>,
): number[] {
  const rank = new Map<string, number>();
  for (const name of [...policy, ...catalogue]) if (!rank.has(name)) rank.set(name, rank.size);
  const rankOf = (tool: number): number => rank.get(entry(tools, tool)) ?? rank.size;
  return [...present].sort((a, b) => rankOf(a) - rankOf(b));
}
