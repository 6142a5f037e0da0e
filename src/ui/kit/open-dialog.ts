import { type Component, mount, unmount } from 'svelte';

/** What a dialog is handed besides what it is about: `onclose` is for its frame. */
export interface Closable {
  onclose: () => void;
}

/** Dialogs on the page. */
const shown = new Set<unknown>();

/**
 * Puts a dialog on the page until it has closed. One of a kind at a time: a second press while the first is still being
 * fetched opens nothing. Rejects when it cannot be fetched.
 */
export async function openDialog<Props extends Closable>(
  fetched: Promise<{ readonly default: Component<Props> }>,
  props: Omit<Props, 'onclose'>,
): Promise<void> {
  const dialog = (await fetched).default as Component<Omit<Props, 'onclose'> & Closable>;
  if (shown.has(dialog)) return;
  shown.add(dialog);
  const onclose = (): void => {
    shown.delete(dialog);
    void unmount(mounted);
  };
  const mounted = mount(dialog, { target: document.body, props: { ...props, onclose } });
}
