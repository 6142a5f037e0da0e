import type { CompiledTool } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { Rule } from '../policy/model.ts';
import { decidingRule, inputTakes } from './argument-search.ts';
import { mutationsAt, MUTATION_KINDS, type Mutation } from './mutations.ts';

/** A way around a rule. `accepted`: the server takes the call so written; else it refuses its input and does nothing. */
export interface Way {
  readonly mutation: Mutation;
  readonly accepted: boolean;
}

/** Ways in which a denied call passes when what its rule looks at is written differently; those the server takes first. */
export function waysAround(name: string, tool: CompiledTool, rule: Rule, args: JsonObject): Way[] {
  const paths = new Map(rule.conditions.map(({ segments }) => [JSON.stringify(segments), segments]));
  return [...paths.values()]
    .flatMap((segments) => mutationsAt(args, segments))
    .filter((mutation) => decidingRule(tool, mutation.args) === -1 && !obeys(mutation, rule))
    .map((mutation): Way => ({ mutation, accepted: inputTakes(name, mutation.args) }))
    .sort((a, b) => Number(b.accepted) - Number(a.accepted) || orderOf(a) - orderOf(b));
}

/** Whether a call does what the rule asks for: it leaves out what may not be there, or has what must be. */
function obeys({ kind, segments }: Mutation, { conditions }: Rule): boolean {
  if (kind !== 'left-out' && kind !== 'extra-argument') return false;
  const path = JSON.stringify(segments);
  return conditions.every(({ op, segments: own }) => op === 'exists' || JSON.stringify(own) !== path);
}

function orderOf({ mutation }: Way): number {
  return MUTATION_KINDS.indexOf(mutation.kind);
}
