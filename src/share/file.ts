import { ENGINE_VERSION } from '../core/version.ts';
import { readContent, type OpenedLink } from './content.ts';
import type { LinkProblem } from './problems.ts';
import { toLinkObject, type LinkContent, type ScenarioReader } from './schema.ts';

/** Name under which a file is offered when a link would be too long. */
export const SHARE_FILE_NAME = 'policy-playground.json';

/** The same object as in a link, as JSON for a file: two spaces, a line break at the end. */
export function formatFile(content: LinkContent): string {
  return `${JSON.stringify(toLinkObject(content, ENGINE_VERSION), null, 2)}\n`;
}

/** Opens what `formatFile` wrote, with the caps on size and depth of a link and any length. Never throws. */
export function decodeFile(text: string, readScenario: ScenarioReader): OpenedLink | LinkProblem {
  const read = readContent(text, readScenario);
  return read.kind === 'opened' ? read : { ...read, title: read.title.replace('This link', 'This file') };
}
