const START = { version: '1', start: '2026-01-01T00:00:00Z' };

const planner = (steps: readonly unknown[]): unknown => ({ ...START, agents: [{ name: 'planner', steps }] });

/** Repeats that stand in each other, `levels` deep. */
function repeats(levels: number): unknown {
  return levels === 0 ? { call: 'get_agent_card' } : { repeat: 1, steps: [repeats(levels - 1)] };
}

/** The JavaScript of a scenario with these fields. */
const made = (fields: string): string => `{version:"1",start:"2026-01-01T00:00:00Z",${fields}}`;

/** Scenarios that are refused for their size, by the name their cases give them; `program` makes those that no link takes. */
export const OVERSIZED = {
  'long-name': {
    scenario: { ...START, name: 'x'.repeat(1_048_576), agents: [] },
    program: made('name:"x".repeat(1048576),agents:[]'),
  },
  'deep-repeats': { scenario: planner([repeats(9)]), program: null },
  '65-agents': {
    scenario: { ...START, agents: Array.from({ length: 65 }, () => ({ name: 'a', steps: [] })) },
    program: made('agents:Array.from({length:65},()=>({name:"a",steps:[]}))'),
  },
  '65536-tools': {
    scenario: planner(Array.from({ length: 65_536 }, (_, i) => ({ call: i.toString(36) }))),
    program: made('agents:[{name:"planner",steps:Array.from({length:65536},(_,i)=>({call:i.toString(36)}))}]'),
  },
} as const satisfies Readonly<Record<string, { readonly scenario: unknown; readonly program: string | null }>>;

/** A name of the table above. */
export type Oversized = keyof typeof OVERSIZED;
