import { mount, unmount } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { loadOnce } from './load-once.ts';

const DELAY_MS = 400;

const loadWords = loadOnce(() => import('./TooltipWords.svelte'));

/** Takes the tooltip on screen away; there is never more than one. */
let hide: () => void = () => undefined;

function show(anchor: HTMLElement, words: string): void {
  hide();
  let wanted = true;
  hide = () => (wanted = false);
  loadWords().then(
    ({ default: TooltipWords }) => {
      if (!wanted || !anchor.isConnected) return;
      const shown = mount(TooltipWords, { target: document.body, props: { words, anchor } });
      hide = () => {
        hide = () => undefined;
        void unmount(shown);
      };
    },
    // why: the button's name says the same, so a tooltip that cannot be fetched is nothing to speak of.
    () => undefined,
  );
}

/**
 * Shows `words` beside an element on hover (after 0.4 s) and on keyboard focus; a press or leaving hides them, and so does
 * Esc, which then goes on to what is below. The element needs an accessible name of its own.
 */
export function tooltip(words: string): Attachment<HTMLElement> {
  return (node) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let mine = false;
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') close();
    };
    const open = (): void => {
      mine = true;
      show(node, words);
      // why: under the pointer, the element hears no keys of its own.
      window.addEventListener('keydown', leave, true);
    };
    const close = (): void => {
      clearTimeout(timer);
      window.removeEventListener('keydown', leave, true);
      if (mine) hide();
      mine = false;
    };
    const listeners: Record<string, () => void> = {
      pointerenter: () => {
        timer = setTimeout(open, DELAY_MS);
      },
      pointerleave: close,
      focus: () => {
        if (node.matches(':focus-visible')) open();
      },
      blur: close,
      pointerdown: close,
    };
    for (const [type, listener] of Object.entries(listeners)) node.addEventListener(type, listener);
    return () => {
      close();
      for (const [type, listener] of Object.entries(listeners)) node.removeEventListener(type, listener);
    };
  };
}
