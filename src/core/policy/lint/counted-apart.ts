import type { ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import { partsOf, type Lint } from './subject.ts';

/** Counter names the short forms count under: nobody chose them. */
const GIVEN = new Set(['rate_limit', '_rate_minute', '_rate_hour', '_rate_day']);

/** Notes on a counter name that stands under several tools: each tool counts for itself. */
export const lintCountedApart: Lint = (subject) => {
  const { page } = subject;
  const owners = new Map<string, ToolPolicy>();
  for (const part of partsOf(subject.policy)) {
    const own = new Set<string>();
    for (const { counter, pointer } of part.limits) {
      if (GIVEN.has(counter) || own.has(counter)) continue;
      own.add(counter);
      const first = owners.get(counter);
      owners.set(counter, first ?? part);
      if (first === undefined) continue;
      const place = page.part(pointer, 'counter');
      const message = `${quoted(counter)} stands under ${quoted(first.name)} too, and each counts for itself; give this one a name of its own`;
      const name = `${part.name}_${counter}`;
      const fixes =
        subject.policy.dialect === 'policylayer' && !part.limits.some((limit) => limit.counter === name)
          ? page.fix(`Rename it to ${quoted(name)}`, { kind: 'write', pointer: place, value: name })
          : [];
      subject.add('counted-apart', { pointer: place, range: page.value(place) }, message, ...fixes);
    }
  }
};
