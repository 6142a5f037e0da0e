import type { ToolEffect } from '../../../workers/engine-api.ts';
import { TOOLS, type Tool } from '../../core/catalogue/tools.ts';
import type { ShownOutcome } from '../../core/simulator/columns.ts';

/** Tools of one category and risk, in the order of the server. */
export interface EffectGroup {
  readonly title: string;
  readonly effects: readonly ToolEffect[];
}

const KNOWN: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** `Read, low risk`. */
export function riskWords(tool: Tool): string {
  return `${tool.category}, ${tool.risk.toLowerCase()} risk`;
}

/** Effects by category and risk, as the server lists its tools; tools it does not have come last. */
export function groupEffects(effects: readonly ToolEffect[]): readonly EffectGroup[] {
  const groups = new Map<string, ToolEffect[]>();
  const order = [...effects].sort((a, b) => Number(!KNOWN.has(a.tool)) - Number(!KNOWN.has(b.tool)));
  for (const effect of order) {
    const tool = KNOWN.get(effect.tool);
    const title = tool === undefined ? 'Not on this server' : riskWords(tool);
    groups.set(title, [...(groups.get(title) ?? []), effect]);
  }
  return [...groups].map(([title, members]) => ({ title, effects: members }));
}

/** The glyph that stands for what a policy says about a tool. */
export function effectGlyph(state: ToolEffect['state']): ShownOutcome {
  if (state === 'denied') return 'deny';
  if (state === 'hidden') return 'hidden';
  return state === 'approval' ? 'approval' : 'allow';
}

/** The counts in the head, such as `1 limited`, `13 denied, still listed`, `0 hidden`; allowed ones only if there are any. */
export function effectCounts(
  effects: readonly ToolEffect[],
): readonly { readonly outcome: ShownOutcome; readonly words: string }[] {
  const count = (...states: readonly ToolEffect['state'][]): number =>
    effects.filter((effect) => states.includes(effect.state)).length;
  const parts: readonly (readonly [ShownOutcome, number, string, boolean])[] = [
    ['allow', count('allowed'), 'allowed', false],
    ['allow', count('limited', 'rules'), 'limited', false],
    ['approval', count('approval'), 'by approval', false],
    ['deny', count('denied'), 'denied, still listed', true],
    ['hidden', count('hidden'), 'hidden', true],
  ];
  return parts
    .filter(([, number, , always]) => number > 0 || always)
    .map(([outcome, number, word]) => ({ outcome, words: `${number} ${word}` }));
}
