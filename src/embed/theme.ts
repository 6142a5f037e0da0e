import type { EmbedTheme } from './parameters.ts';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
let wanted: EmbedTheme = 'auto';

function apply(): void {
  const dark = wanted === 'auto' ? systemDark.matches : wanted === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Shows a theme; `auto` follows what the browser says of the frame. */
export function setTheme(theme: EmbedTheme): void {
  wanted = theme;
  apply();
}

systemDark.addEventListener('change', apply);
