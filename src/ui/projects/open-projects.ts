import { type Component, mount, unmount } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';
import HistoryDialog from './HistoryDialog.svelte';
import ProjectsDialog from './ProjectsDialog.svelte';

type Dialog = Component<{ playground: Playground; onclose: () => void }>;
const DIALOGS: Record<'projects' | 'history', Dialog> = { projects: ProjectsDialog, history: HistoryDialog };

/** Opens the list of projects, or the history of this one, until it is closed. */
export function openProjects(playground: Playground, what: 'projects' | 'history'): void {
  const mounted = mount(DIALOGS[what], {
    target: document.body,
    props: { playground, onclose: () => void unmount(mounted) },
  });
}
