import type { Condition } from '../model.ts';
import { escapeSegment } from '../pointer.ts';

/**
 * Names the rules of one list: `<path>-<op>` of each condition joined by `+`, `always` for none; the second of one name
 * gets `-2`, and so on. Escaped as pointers are. A name's number never meets another name, since those end in an operator.
 */
export function createSlugs(): (conditions: readonly Pick<Condition, 'path' | 'op'>[]) => string {
  const used = new Map<string, number>();
  return (conditions) => {
    const base = conditions.length === 0 ? 'always' : conditions.map(({ path, op }) => `${path}-${op}`).join('+');
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    return escapeSegment(count === 1 ? base : `${base}-${count}`);
  };
}
