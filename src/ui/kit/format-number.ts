const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count for people: `1,000,000`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** A size for people: `265 B`, `1.3 kB`; 1 kB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A span for people: `0.4 ms`, `12 ms`, `1.2 s`. */
export function formatTook(ms: number): string {
  // why: some browsers count whole milliseconds only, and nothing takes none.
  if (ms < 0.05) return 'under 1 ms';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A count with its noun: `1 call`, `110 calls`. */
export function countOf(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}
