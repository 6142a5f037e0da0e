/** Characters kept of a grant's name. */
const LONGEST = 48;

/**
 * The environment variable that holds each grant's token: `TOKEN_` and the name in capitals, with `_` for all but ASCII
 * letters and digits. Names that would be the same are numbered in the order of the grants' code units, and never take
 * a name another grant has for itself: `a.b` and `a-b` give `TOKEN_A_B_1` (of `a-b`) and `TOKEN_A_B_2`.
 */
export function tokenNames(grants: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set(grants)].sort();
  const alike = new Map<string, string[]>();
  for (const grant of sorted) {
    const plain = plainName(grant);
    alike.set(plain, [...(alike.get(plain) ?? []), grant]);
  }
  // INVARIANT: a plain name belongs to the grant that has it alone, so numbered names keep clear of all of them.
  const taken = new Set(alike.keys());
  const names = new Map<string, string>();
  for (const [plain, sharing] of alike) {
    for (const grant of sharing) names.set(grant, sharing.length === 1 ? plain : numbered(plain, taken));
  }
  return names;
}

function plainName(grant: string): string {
  const word = grant
    .slice(0, LONGEST)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_');
  return `TOKEN_${word}`;
}

function numbered(plain: string, taken: Set<string>): string {
  let number = 1;
  while (taken.has(`${plain}_${number}`)) number++;
  const name = `${plain}_${number}`;
  taken.add(name);
  return name;
}
