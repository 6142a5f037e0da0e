import type { WorldEdits } from '../scenario/model.ts';

/** The little that decides how a call is answered: who is known at the start, under which name, and who is stopped. */
export interface RosterEntry {
  readonly id: string;
  readonly name: string;
  readonly killSwitchActive: boolean;
}

const NAMES = [
  'Scout',
  'Broker',
  'Courier',
  'Clerk',
  'Planner',
  'Auditor',
  'Settler',
  'Buyer',
  'Herald',
  'Warden',
  'Archivist',
  'Rogue',
];

/**
 * The twelve agents every world starts with, the kill switch of `agent-12` thrown
 * (docs: scenario.md#the-servers-world).
 */
export const DEFAULT_ROSTER: readonly RosterEntry[] = NAMES.map((name, index) => ({
  id: `agent-${index + 1}`,
  name,
  killSwitchActive: index === 11,
}));

/**
 * Who is known at the start of a run: the twelve without those a scenario removes and with those it changes, then those
 * it adds, in the order of the document. An added agent without a name is called by its id.
 */
export function rosterOf(edits: WorldEdits | undefined): readonly RosterEntry[] {
  if (edits === undefined) return DEFAULT_ROSTER;
  const removed = new Set(edits.remove);
  const kept = DEFAULT_ROSTER.filter(({ id }) => !removed.has(id));
  const roster = new Map(kept.map((entry) => [entry.id, entry]));
  for (const { id, name, killSwitch } of edits.agents ?? []) {
    const before = roster.get(id) ?? { id, name: id, killSwitchActive: false };
    roster.set(id, {
      id,
      name: name ?? before.name,
      killSwitchActive: killSwitch ?? before.killSwitchActive,
    });
  }
  return [...roster.values()];
}
