import type { JsonValue } from '../json.ts';

/**
 * One text for equal values: no spaces, own keys sorted by UTF-16 code unit at every depth, `-0` as `0`. Numbers beyond
 * the range of doubles, which JSON text can hold, stay `Infinity` and `-Infinity`. Depth is no concern; never throws.
 */
export function canonicalJson(value: JsonValue): string {
  const parts: string[] = [];
  // why: a stack of our own, because arguments may be nested deeper than the call stack. `text` items print as they are.
  const pending: ({ readonly text: string } | { readonly value: JsonValue })[] = [{ value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) {
      parts.push(next.text);
    } else if (next.value === null || typeof next.value !== 'object') {
      parts.push(formatScalar(next.value));
    } else {
      const [open, close, items] = membersOf(next.value);
      pending.push({ text: close });
      for (let i = items.length - 1; i >= 0; i--) {
        const item = items[i];
        if (item) pending.push({ value: item.value }, { text: `${i > 0 ? ',' : ''}${item.label}` });
      }
      pending.push({ text: open });
    }
  }
  return parts.join('');
}

function formatScalar(value: null | boolean | number | string): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value === 0 ? 0 : value);
}

type Members = [open: string, close: string, items: { readonly label: string; readonly value: JsonValue }[]];

function membersOf(value: Extract<JsonValue, object>): Members {
  if (isList(value)) return ['[', ']', value.map((item) => ({ label: '', value: item }))];
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return ['{', '}', members.map(([key, member]) => ({ label: `${JSON.stringify(key)}:`, value: member }))];
}

function isList(value: Extract<JsonValue, object>): value is readonly JsonValue[] {
  return Array.isArray(value);
}
