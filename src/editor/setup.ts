import { provideAssistance } from './assistance.ts';
import { isReserved } from './keys.ts';
import { provideFixes } from './markers.ts';
import { defineTheme, type editor, registerLanguages, THEME } from './monaco.ts';
import './full-editor.css';

let prepared = false;

/** Languages, fixes and theme, once a page; the theme follows the page's. */
export function prepare(): void {
  if (prepared) return;
  prepared = true;
  registerLanguages();
  provideFixes();
  provideAssistance();
  defineTheme();
  new MutationObserver(defineTheme).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}

/** How code looks, moves and takes the wheel and Tab in every editor of the page. */
export function lookOfCode() {
  return {
    theme: THEME,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 12.5,
    lineHeight: 20,
    automaticLayout: true,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    padding: { top: 8, bottom: 8 },
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    renderFinalNewline: 'on',
    roundedSelection: false,
    fixedOverflowWidgets: true,
    guides: { indentation: false },
    stickyScroll: { enabled: false },
    occurrencesHighlight: 'off',
    links: false,
    tabFocusMode: true,
    editContext: false,
    scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
    cursorBlinking: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'solid' : 'blink',
  } satisfies editor.IEditorOptions & editor.IGlobalEditorOptions;
}

/** Leaves the browser's own keys to it, and keeps an Escape that left the editor from closing a drawer as well. */
export function guardKeys(host: HTMLElement): () => void {
  const reserve = (event: KeyboardEvent): void => {
    if (isReserved(event)) event.stopPropagation();
  };
  const keepEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
  host.addEventListener('keydown', reserve, true);
  host.addEventListener('keydown', keepEscape);
  return () => {
    host.removeEventListener('keydown', reserve, true);
    host.removeEventListener('keydown', keepEscape);
  };
}
