/** One segment escaped as RFC 6901 asks: `~` is `~0`, `/` is `~1`. Also used for names inside rule names. */
export function escapeSegment(segment: string): string {
  return segment.includes('~') || segment.includes('/') ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}

/** Pointer to a member or an element of what `parent` points to. */
export function childPointer(parent: string, segment: string | number): string {
  return `${parent}/${typeof segment === 'number' ? segment : escapeSegment(segment)}`;
}

/** The unescaped segments of an RFC 6901 pointer; none for the empty pointer; null when the text is no pointer. */
export function pointerSegments(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
