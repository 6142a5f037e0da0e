import { mount, unmount } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';
import TraceWindow from './TraceWindow.svelte';

/** Opens what a file of recorded calls holds, to be replayed or turned into steps. */
export function openTrace(playground: Playground, file: File): void {
  const mounted = mount(TraceWindow, {
    target: document.body,
    props: { playground, file, onclose: () => void unmount(mounted) },
  });
}
