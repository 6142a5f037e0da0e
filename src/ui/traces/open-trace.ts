import type { Playground } from '../../state/playground.svelte.ts';
import { openDialog } from '../kit/open-dialog.ts';
import { TraceImport } from './trace-import.svelte.ts';

/** Opens what a file of recorded calls holds, to be replayed or turned into steps. */
export async function openTrace(playground: Playground, file: File): Promise<void> {
  const work = new TraceImport(playground);
  void work.read(file, file.name);
  await openDialog(import('./TraceDialog.svelte'), { work });
}
