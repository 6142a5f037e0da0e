import { type Component, mount, unmount } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';
import K6ExportDialog from './K6ExportDialog.svelte';
import K6ResultsDialog from './K6ResultsDialog.svelte';

/** Opens the dialog that writes the last run as a k6 script. */
export function openExport(playground: Playground): void {
  open(K6ExportDialog, { playground });
}

/** Opens what became of a run at a real gateway, from the file that its script wrote. */
export function openResults(file: File): void {
  open(K6ResultsDialog, { file });
}

/** Puts a dialog on the page until it is closed. */
function open<Props extends object>(dialog: Component<Props & { onclose: () => void }>, props: Props): void {
  const mounted = mount(dialog, {
    target: document.body,
    props: { ...props, onclose: () => void unmount(mounted) },
  });
}
