const START = { version: '1', start: '2026-01-01T00:00:00Z' };

const planner = (steps: readonly unknown[]): unknown => ({ ...START, agents: [{ name: 'planner', steps }] });

/** Repeats that stand in each other, `levels` deep. */
function repeats(levels: number): unknown {
  return levels === 0 ? { call: 'get_agent_card' } : { repeat: 1, steps: [repeats(levels - 1)] };
}

/** Scenarios that are refused for their size, by the name their cases give them, with words for what is too much. */
export const OVERSIZED = {
  'long-name': {
    scenario: { ...START, name: 'x'.repeat(1_048_576), agents: [] },
    words: 'a name of 1,048,576 letters',
  },
  'deep-repeats': { scenario: planner([repeats(9)]), words: 'nine repeats, each inside the one before' },
  '65-agents': {
    scenario: { ...START, agents: Array.from({ length: 65 }, () => ({ name: 'a', steps: [] })) },
    words: '65 agents',
  },
  '65536-tools': {
    scenario: planner(Array.from({ length: 65_536 }, (_, i) => ({ call: i.toString(36) }))),
    words: 'calls of 65,536 different tools',
  },
} as const satisfies Readonly<Record<string, { readonly scenario: unknown; readonly words: string }>>;

/** A name of the table above. */
export type Oversized = keyof typeof OVERSIZED;
