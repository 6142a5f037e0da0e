import type { JsonValue } from '../json.ts';

/** Twelve hex digits that depend on the value alone: ids that are the same in every run. Not a secret, not a proof. */
export function stableId(value: JsonValue): string {
  const text = JSON.stringify(value);
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ (low >>> 7), 0x85ebca6b);
  }
  const hex = (part: number): string => (part >>> 0).toString(16).padStart(8, '0');
  return (hex(high) + hex(low)).slice(0, 12);
}
