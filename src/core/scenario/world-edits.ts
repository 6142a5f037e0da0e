import { DEFAULT_ROSTER } from '../upstream/roster.ts';
import { worldOf, type WorldAgent } from '../upstream/world.ts';
import type { Scenario, WorldAgentEdit, WorldEdits } from './model.ts';

/** An agent of the world at the start, and how it comes to be there. `removed`: one of the twelve that was taken out. */
export interface StartAgent {
  readonly agent: WorldAgent;
  readonly state: 'own' | 'changed' | 'added' | 'removed';
  /** What the scenario says of it; only `id` where it says nothing. */
  readonly edit: WorldAgentEdit;
}

function isOwn(id: string): boolean {
  return DEFAULT_ROSTER.some((entry) => entry.id === id);
}

/** Every agent of the world at the start: the default twelve, removed ones included, then those added. */
export function startAgents(scenario: Pick<Scenario, 'start' | 'world'>): readonly StartAgent[] {
  const edits = new Map((scenario.world?.agents ?? []).map((edit) => [edit.id, edit]));
  const removed = new Set(scenario.world?.remove);
  const before = worldOf({ start: scenario.start }).agents;
  const after = worldOf(scenario).agents;
  const own = [...before.values()].map((agent): StartAgent => {
    const edit = edits.get(agent.id);
    if (removed.has(agent.id)) return { agent, state: 'removed', edit: { id: agent.id } };
    return { agent: after.get(agent.id) ?? agent, state: edit ? 'changed' : 'own', edit: edit ?? { id: agent.id } };
  });
  const added = [...after.values()]
    .filter(({ id }) => !isOwn(id))
    .map((agent): StartAgent => ({ agent, state: 'added', edit: edits.get(agent.id) ?? { id: agent.id } }));
  return [...own, ...added];
}

/** An edit as a document holds it. */
function written({ capabilities, allowedServers, ...edit }: WorldAgentEdit): NonNullable<WorldEdits['agents']>[number] {
  return {
    ...edit,
    ...(capabilities === undefined ? {} : { capabilities: [...capabilities] }),
    ...(allowedServers === undefined ? {} : { allowedServers: [...allowedServers] }),
  };
}

/** The scenario with other edits of the world; edits that say nothing are left out. */
function withWorld(scenario: Scenario, agents: readonly WorldAgentEdit[], remove: readonly string[]): Scenario {
  const { world: _before, ...rest } = scenario;
  const world: WorldEdits = {
    ...(agents.length > 0 ? { agents: agents.map(written) } : {}),
    ...(remove.length > 0 ? { remove: [...remove] } : {}),
  };
  return Object.keys(world).length === 0 ? rest : { ...rest, world };
}

/** Says something else of one agent, in place of what was said before; of one of the twelve, `id` alone says nothing. */
export function editWorldAgent(scenario: Scenario, id: string, edit: WorldAgentEdit): Scenario {
  const agents: readonly WorldAgentEdit[] = scenario.world?.agents ?? [];
  const remove = scenario.world?.remove ?? [];
  const isEmpty = Object.keys(edit).length === 1 && isOwn(edit.id);
  const at = agents.findIndex((agent) => agent.id === id);
  const next = isEmpty ? [] : [edit];
  const changed = at < 0 ? [...agents, ...next] : agents.toSpliced(at, 1, ...next);
  return withWorld(
    scenario,
    changed,
    remove.filter((gone) => gone !== edit.id),
  );
}

/** Adds an agent under an id that is free. Gives that id too. */
export function addWorldAgent(scenario: Scenario): { readonly scenario: Scenario; readonly id: string } {
  const known = new Set(startAgents(scenario).map(({ agent }) => agent.id));
  let number = known.size + 1;
  while (known.has(`agent-${number}`)) number++;
  const id = `agent-${number}`;
  return { id, scenario: editWorldAgent(scenario, id, { id }) };
}

/** Takes an agent out of the world, whether the scenario added it or the world begins with it. */
export function removeWorldAgent(scenario: Scenario, id: string): Scenario {
  const { agents = [], remove = [] } = scenario.world ?? {};
  const others = agents.filter((agent) => agent.id !== id);
  const gone = remove.filter((other) => other !== id);
  return withWorld(scenario, others, isOwn(id) ? [...gone, id] : gone);
}

/** Makes one of the twelve as it was, removed or changed. */
export function resetWorldAgent(scenario: Scenario, id: string): Scenario {
  const { agents = [], remove = [] } = scenario.world ?? {};
  return withWorld(
    scenario,
    agents.filter((agent) => agent.id !== id),
    remove.filter((gone) => gone !== id),
  );
}

/** The default twelve again, and nobody else. */
export function resetWorld(scenario: Scenario): Scenario {
  return withWorld(scenario, [], []);
}
