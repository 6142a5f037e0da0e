import { deflate, inflate } from '../share/deflate.ts';
import { readWork } from './read-work.ts';
import type { Work } from './workspace.svelte.ts';

/** Most bytes that come out of one packed state. */
const MOST_UNPACKED = 32_000_000;

/** Stands in for entries that do not fit; a state with any is not used. */
export const NO_WORK: Work = {
  title: '',
  policyText: '',
  dialect: 'auto',
  scenario: { version: '1', start: '2026-01-01T00:00:00.000Z', agents: [] },
  windows: 'calendar',
};

/** Work as compressed JSON. Rejects where this browser cannot make it. */
export async function packWork({ title, policyText, dialect, scenario, windows, compare }: Work): Promise<Uint8Array> {
  // INVARIANT: field by field, so that nothing else a work may carry is ever kept.
  const text = JSON.stringify({ title, policyText, dialect, scenario, windows, compare });
  const packed = await deflate(new TextEncoder().encode(text));
  if (packed === null) throw new Error('this browser has no CompressionStream');
  return packed;
}

/** The JSON text inside; null for bytes that are damaged or hold too much. */
export async function unpackText(packed: Uint8Array): Promise<string | null> {
  const inflated = await inflate(new Uint8Array(packed), MOST_UNPACKED);
  return inflated.kind === 'done' ? new TextDecoder().decode(inflated.bytes) : null;
}

/** The work inside; null for bytes that are damaged, or of which any entry does not fit. */
export async function unpackWork(packed: Uint8Array): Promise<Work | null> {
  const text = await unpackText(packed);
  if (text === null) return null;
  const { work, whole } = readWork(text, NO_WORK);
  return whole ? work : null;
}
