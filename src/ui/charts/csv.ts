/** A value of a row. */
export type Cell = string | number;

function cellText(value: Cell): string {
  const text = String(value);
  // why: a spreadsheet takes a text that starts so for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as comma-separated values (RFC 4180); texts that a spreadsheet would run begin with an apostrophe. */
export function csvOf(rows: Iterable<readonly Cell[]>): string {
  return Array.from(rows, (row) => `${row.map(cellText).join(',')}\r\n`).join('');
}
