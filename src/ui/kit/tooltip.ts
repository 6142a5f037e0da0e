import type { Attachment } from 'svelte/attachments';

const DELAY_MS = 400;
const GAP = 6;
const EDGE = 4;

let box: HTMLElement | null = null;
let owner: Element | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function hide(): void {
  clearTimeout(timer);
  owner = null;
  box?.remove();
}

function tooltipBox(): HTMLElement {
  if (box !== null) return box;
  box = document.createElement('div');
  box.className = 'tooltip';
  // why: the words repeat the button's name, so a screen reader would hear them twice.
  box.setAttribute('aria-hidden', 'true');
  box.addEventListener('pointerleave', hide);
  return box;
}

function show(node: Element, words: string): void {
  const shown = tooltipBox();
  owner = node;
  shown.textContent = words;
  document.body.append(shown);
  const anchor = node.getBoundingClientRect();
  const own = shown.getBoundingClientRect();
  const below = anchor.bottom + GAP + own.height <= innerHeight - EDGE;
  const left = anchor.left + anchor.width / 2 - own.width / 2;
  shown.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - own.width - EDGE))}px`;
  shown.style.top = `${below ? anchor.bottom + GAP : anchor.top - GAP - own.height}px`;
}

/**
 * Shows `words` beside an element on hover (after 0.4 s) and on keyboard focus; Esc, a press or leaving hides them. The
 * element needs an accessible name of its own.
 */
export function tooltip(words: string): Attachment {
  return (node) => {
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => show(node, words), DELAY_MS);
    };
    const focused = (): void => {
      if (node.matches(':focus-visible')) show(node, words);
    };
    const left = (event: Event): void => {
      const next = event instanceof PointerEvent ? event.relatedTarget : null;
      if (next !== box || box === null) hide();
    };
    const pressed = (event: Event): void => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
      hide();
    };
    node.addEventListener('pointerenter', soon);
    node.addEventListener('pointerleave', left);
    node.addEventListener('focus', focused);
    node.addEventListener('blur', hide);
    node.addEventListener('pointerdown', pressed);
    node.addEventListener('keydown', pressed);
    return () => {
      if (owner === node) hide();
      node.removeEventListener('pointerenter', soon);
      node.removeEventListener('pointerleave', left);
      node.removeEventListener('focus', focused);
      node.removeEventListener('blur', hide);
      node.removeEventListener('pointerdown', pressed);
      node.removeEventListener('keydown', pressed);
    };
  };
}
