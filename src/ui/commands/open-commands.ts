import { mount, tick, unmount } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Command } from './commands.ts';
import CommandsDialog from './CommandsDialog.svelte';

/** Opens the list of everything the page can do; `onfail` is told when what was chosen could not be loaded. */
export function openCommands(playground: Playground, onfail: () => void): void {
  const closed = async (chosen: Command | null): Promise<void> => {
    void unmount(mounted);
    // why: what is opened next takes the focus, so the list gives it back first.
    await tick();
    await chosen?.run();
  };
  const mounted = mount(CommandsDialog, {
    target: document.body,
    props: { playground, onclose: (chosen: Command | null) => void closed(chosen).catch(onfail) },
  });
}
