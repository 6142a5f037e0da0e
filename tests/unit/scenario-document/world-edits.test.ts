import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import {
  addWorldAgent,
  editWorldAgent,
  removeWorldAgent,
  resetWorld,
  resetWorldAgent,
  startAgents,
} from '../../../src/core/scenario/world-edits.ts';

const PLAIN: Scenario = { version: '1', start: '2026-01-01T00:00:00.000Z', agents: [] };
const stateOf = (scenario: Scenario, id: string): string | undefined =>
  startAgents(scenario).find(({ agent }) => agent.id === id)?.state;

describe('edits of the world', () => {
  it('begin with twelve of its own', () => {
    expect(startAgents(PLAIN)).toHaveLength(12);
    expect(startAgents(PLAIN).every(({ state }) => state === 'own')).toBe(true);
  });

  it('change an agent, and take the change back when nothing of it is left', () => {
    const stopped = editWorldAgent(PLAIN, 'agent-1', { id: 'agent-1', killSwitch: true });
    expect(stopped.world).toEqual({ agents: [{ id: 'agent-1', killSwitch: true }] });
    expect(startAgents(stopped)[0]).toMatchObject({ state: 'changed', agent: { killSwitchActive: true } });
    expect(editWorldAgent(stopped, 'agent-1', { id: 'agent-1' })).toEqual(PLAIN);
  });

  it('add agents under free ids, rename and remove them', () => {
    const { scenario, id } = addWorldAgent(PLAIN);
    expect(id).toBe('agent-13');
    expect(addWorldAgent(scenario).id).toBe('agent-14');
    const renamed = editWorldAgent(scenario, id, { id: 'clerk', trustScore: 9 });
    expect(renamed.world).toEqual({ agents: [{ id: 'clerk', trustScore: 9 }] });
    expect(stateOf(renamed, 'clerk')).toBe('added');
    expect(removeWorldAgent(renamed, 'clerk')).toEqual(PLAIN);
  });

  it('remove one of the twelve and bring it back', () => {
    const without = removeWorldAgent(removeWorldAgent(PLAIN, 'agent-3'), 'agent-3');
    expect(without.world).toEqual({ remove: ['agent-3'] });
    expect(stateOf(without, 'agent-3')).toBe('removed');
    expect(resetWorldAgent(without, 'agent-3')).toEqual(PLAIN);
    expect(resetWorld(addWorldAgent(without).scenario)).toEqual(PLAIN);
  });
});
