/**
 * Entry of a table at an index the caller knows to be inside. Throws `RangeError` otherwise: columns that do not fit
 * their tables are a fault of the program. For tables; typed columns are read directly.
 */
export function entry<T>(table: ArrayLike<T>, index: number): T {
  const found = table[index];
  if (found === undefined) throw new RangeError(`no entry ${index} in a table of ${table.length}`);
  return found;
}
