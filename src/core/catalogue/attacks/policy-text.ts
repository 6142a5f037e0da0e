import type { JsonObject } from '../../json.ts';

/** A policy that allows everything but what its rules refuse, as text with 2 spaces, so that it shows one remedy alone. */
export function remedy(parts: JsonObject): string {
  return JSON.stringify({ version: '1', default: 'allow', ...parts }, null, 2);
}

/** A policy that denies everything it does not list, as text with 2 spaces. */
export function onlyThese(tools: JsonObject): string {
  return JSON.stringify({ version: '1', default: 'deny', tools }, null, 2);
}

/** A limit per grant. */
export function limit(
  counter: string,
  window: 'minute' | 'hour' | 'day',
  max: number,
  more: JsonObject = {},
): JsonObject {
  return { counter, window, max, scope: 'grant', ...more };
}
