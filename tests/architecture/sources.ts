import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the project: its path from the root with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * Every file under the given folders (paths from the root; a folder that is absent holds nothing) whose path matches,
 * in the order of their paths.
 */
export function sourcesIn(folders: readonly string[], pattern: RegExp): Source[] {
  const found: Source[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name);
      const path = relative(ROOT, file).replaceAll('\\', '/');
      if (entry.isDirectory()) visit(file);
      else if (pattern.test(path)) found.push({ path, text: readFileSync(file, 'utf8') });
    }
  };
  for (const folder of folders) {
    const path = join(ROOT, folder);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) visit(path);
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `path:line` of every match of a global expression in the sources. */
export function placesOf(sources: readonly Source[], pattern: RegExp): string[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => `${path}:${String(text.slice(0, match.index).split('\n').length)}`),
  );
}
