import {
  EVERYTHING_FILE_NAME,
  formatEverything,
  MOST_EVERYTHING_BYTES,
  readEverything,
} from '../../state/everything-file.ts';
import type { ProjectStore, WholeProject } from '../../state/project-store.ts';
import { newId } from '../../state/saved-work.svelte.ts';
import { countOf } from '../kit/format-number.ts';
import { saveText } from '../share/copy-text.ts';

/** Saves all projects with their history as one file; says what is in it. Rejects where the store cannot be read. */
export async function exportEverything(store: ProjectStore): Promise<string> {
  const projects: WholeProject[] = [];
  for (const { id, name } of await store.list()) {
    projects.push({ name, revisions: [...(await store.history(id))].reverse() });
  }
  saveText(EVERYTHING_FILE_NAME, formatEverything(projects));
  return `${holdsWords(projects)} in ${EVERYTHING_FILE_NAME}.`;
}

function holdsWords(projects: readonly WholeProject[]): string {
  const versions = projects.reduce((sum, { revisions }) => sum + revisions.length, 0);
  return `${countOf(projects.length, 'project')} with ${countOf(versions, 'version')}`;
}

/** Adds the projects of such a file beside all others; says what was added, or why nothing was. Never rejects. */
export async function importEverything(store: ProjectStore, file: File): Promise<string> {
  if (file.size > MOST_EVERYTHING_BYTES) return `${file.name} is larger than 256 MB, so it was not read.`;
  try {
    const read = await readEverything(await file.text());
    if (!read.ok) return `${file.name}: ${read.words}`;
    for (const project of read.projects) await store.add(newId(), project);
    return `${holdsWords(read.projects)} added from ${file.name}. ${read.left}`.trim();
  } catch {
    return `${file.name} was not added whole: the browser’s storage refused. Make room and import it again.`;
  }
}
