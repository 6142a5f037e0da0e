import type { Playground } from '../../../state/playground.svelte.ts';
import { ScenarioDesk } from './scenario-desk.svelte.ts';

const desks = new WeakMap<Playground, ScenarioDesk>();

/** The one desk of a playground, made when first asked for. */
export function deskOf(playground: Playground): ScenarioDesk {
  const desk = desks.get(playground) ?? new ScenarioDesk(playground);
  desks.set(playground, desk);
  return desk;
}
