import { TOOL_NAMES } from '../../core/catalogue/tools.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** A value of a list and what stands for it; the empty value stands for any. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

function choices(any: string, names: Iterable<string>): readonly Choice[] {
  const known = [...new Set(names)].filter((name) => name !== '');
  return [{ value: '', label: any }, ...known.map((name) => ({ value: name, label: name }))];
}

/** Tools that are on the server, in the policy or called; called ones first. */
export function toolChoices({ run, workspace }: Playground): readonly Choice[] {
  const called = run.summary?.tools.map(({ tool }) => tool) ?? [];
  const ruled = workspace.check?.policy?.effects.map(({ tool }) => tool) ?? [];
  return choices('any tool', [...called, ...ruled, ...TOOL_NAMES]);
}

/** Grants of the scenario's agents, in its order. */
export function grantChoices({ workspace }: Playground): readonly Choice[] {
  const grants = workspace.scenario.agents.map(({ name, grant }) => grant ?? name);
  return choices('any grant', grants);
}

/** Rules and limits of the policy as it is written, then those that decided in the run. */
export function ruleChoices({ run, workspace }: Playground): readonly Choice[] {
  const written = workspace.check?.policy?.anchors.map(({ rule }) => rule) ?? [];
  const decided = run.summary?.rules.map(({ rule }) => rule) ?? [];
  return choices('any rule', [...written, ...decided]);
}
