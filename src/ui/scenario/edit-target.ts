/** What the form under the rows edits: the scenario itself, an agent, or a row (`step`: index into the agent's steps). */
export type EditTarget =
  | { readonly kind: 'scenario' }
  | { readonly kind: 'agent'; readonly agent: number }
  | { readonly kind: 'row'; readonly agent: number; readonly step: number };

/** RFC 6901 pointer into the scenario document to what is edited. */
export function targetPointer(target: EditTarget): string {
  switch (target.kind) {
    case 'scenario':
      return '';
    case 'agent':
      return `/agents/${String(target.agent)}`;
    case 'row':
      return `/agents/${String(target.agent)}/steps/${String(target.step)}`;
  }
}

/** True when both edit the same thing. */
export function sameTarget(a: EditTarget | null, b: EditTarget | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && targetPointer(a) === targetPointer(b));
}
