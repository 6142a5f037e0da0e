const WITH_COMMAND: ReadonlySet<string> = new Set('s f k l p t w n r d + - = 0'.split(' '));

/**
 * True for keys that belong to the browser or the system and are never taken: Ctrl or ⌘ with S, F, K, L, P, T, W, N, R, D,
 * plus, minus and 0, function keys, and combinations with Alt. AltGr, which types characters, is not among them.
 */
export function isReserved(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'>,
): boolean {
  if (event.getModifierState('AltGraph')) return false;
  if (/^F\d{1,2}$/.test(event.key)) return true;
  if (event.altKey) return event.key !== 'Alt';
  return (event.ctrlKey || event.metaKey) && WITH_COMMAND.has(event.key.toLowerCase());
}
