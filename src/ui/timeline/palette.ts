/** Colours as the page shows them now, ready for a canvas: one per name below. */
export type Palette = Readonly<Record<(typeof NAMES)[number], string>>;

const NAMES = [
  'surface',
  'sunken',
  'line',
  'line2',
  'ctl',
  'ink',
  'ink2',
  'ink3',
  'accent',
  'counter',
  'allow',
  'deny',
  'approval',
  'hidden',
] as const;

/** In the order of outcome codes. */
export function outcomeColours(palette: Palette): readonly string[] {
  return [palette.allow, palette.deny, palette.approval, palette.hidden];
}

/** Names whose colour fills areas: under forced colours they become the page's ground, all others its text. */
const GROUNDS: ReadonlySet<string> = new Set(['surface', 'sunken']);

/**
 * Reads the tokens as they are in force inside `host` (theme, out-of-date results, forced colours). A probe element is
 * asked rather than the property, since only a real colour property follows forced colours.
 */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (name: string): string => {
    const property = GROUNDS.has(name) ? 'background-color' : 'color';
    probe.style.setProperty(property, `var(--${name})`);
    const found = getComputedStyle(probe).getPropertyValue(property);
    probe.style.removeProperty(property);
    return found;
  };
  const palette = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Record<(typeof NAMES)[number], string>;
  probe.remove();
  return palette;
}

/** Calls `changed` when the theme, forced colours or the out-of-date state of `host` may have changed its colours. */
export function watchPalette(host: HTMLElement, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  observer.observe(host, { attributes: true, attributeFilter: ['class'] });
  const queries = ['(forced-colors: active)', '(prefers-color-scheme: dark)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
