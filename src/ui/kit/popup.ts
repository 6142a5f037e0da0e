import type { Attachment } from 'svelte/attachments';

const GAP = 4;
const EDGE = 8;

/**
 * Places a `.popup` below its anchor (above where there is more room), keeps it in the window, and calls `close` on Esc,
 * on a press or focus outside of both, and when the window changes. The caller returns the focus.
 */
export function popup(
  anchor: () => Element | undefined,
  close: (by: 'escape' | 'outside') => void,
): Attachment<HTMLElement> {
  return (node) => {
    const from = anchor()?.getBoundingClientRect();
    if (from) place(node, from);
    const within = (target: EventTarget | null): boolean =>
      target instanceof Node && (node.contains(target) || (anchor()?.contains(target) ?? false));
    const outside = (event: Event): void => {
      if (!within(event.target)) close('outside');
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // why: Esc closes only the topmost thing; drawers and panels listen further out.
      event.stopPropagation();
      event.preventDefault();
      close('escape');
    };
    const away = (): void => close('outside');
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape, true);
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', escape, true);
      window.removeEventListener('resize', away);
    };
  };
}

function place(node: HTMLElement, from: DOMRect): void {
  const below = innerHeight - from.bottom - GAP - EDGE;
  const above = from.top - GAP - EDGE;
  const upwards = node.offsetHeight > below && above > below;
  node.style.maxHeight = `${upwards ? above : below}px`;
  const left = Math.min(from.left, innerWidth - node.offsetWidth - EDGE);
  node.style.left = `${Math.max(EDGE, left)}px`;
  node.style.top = upwards ? '' : `${from.bottom + GAP}px`;
  node.style.bottom = upwards ? `${innerHeight - from.top + GAP}px` : '';
}
