import type { JsonValue } from '../../json.ts';
import type { BuilderDocument, BuilderTool } from './model.ts';
import type { Operation, Path } from './operation.ts';

/** The operations a change comes to, in order, or in words why it cannot be made. */
export type Plan = { readonly kind: 'plan'; readonly operations: readonly Operation[] } | Refusal;
/** Why not, and what to do instead. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** A plan of these operations. */
export function plan(...operations: readonly Operation[]): Plan {
  return { kind: 'plan', operations };
}

/** Sets a field, or takes it out. */
export function field(path: Path, value: JsonValue | undefined): Operation {
  return value === undefined ? { kind: 'remove', path } : { kind: 'set', path, value };
}

/** The tool of that name, with nothing in it when the document does not know it; null is what holds for every tool. */
export function toolOf(document: BuilderDocument, name: string | null): BuilderTool {
  const { everyTool, tools, dialect } = document;
  if (name === null || (name === '*' && dialect === 'intercept')) return everyTool;
  const known = tools.find((tool) => tool.name === name);
  if (known !== undefined) return known;
  const state = document.defaultAction === 'deny' ? 'deny' : 'allow';
  const nothing = {
    rules: [],
    limits: [],
    approval: null,
    listed: false,
    hidden: document.hidesAll,
    alwaysDenied: false,
  };
  return { ...nothing, name, path: ['tools', name], pointer: '', range: null, state, readable: true };
}

/** Hides a tool, or takes every entry that hides it out. */
export function hiding({ hide }: BuilderDocument, name: string, hidden: boolean): readonly Operation[] {
  const entries = hide.filter((entry) => entry.name === name);
  if (hidden) {
    const index = Number(hide.at(-1)?.path.at(-1) ?? -1) + 1;
    return entries.length > 0 ? [] : [{ kind: 'insert', path: ['hide'], index, value: name }];
  }
  if (entries.length === 0) return [];
  return [
    ...entries.toReversed().map(({ path }): Operation => ({ kind: 'remove', path })),
    { kind: 'prune', path: ['hide'] },
  ];
}

/** Takes a part out of its list, and the list when nothing is left; the shorthand `action` goes with its reason. */
export function removal(path: Path): readonly Operation[] {
  const own: Operation = { kind: 'remove', path };
  if (typeof path.at(-1) === 'number') return [own, { kind: 'prune', path: path.slice(0, -1) }];
  return path.at(-1) === 'action' ? [{ kind: 'remove', path: [...path.slice(0, -1), 'reason'] }, own] : [own];
}

/** A value as text, for names made of it. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
