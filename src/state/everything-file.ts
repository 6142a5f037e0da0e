import { decodeBase64Url, encodeBase64Url } from '../core/base64url.ts';
import { ENGINE_VERSION } from '../core/version.ts';
import { packWork, unpackWork } from './packed-work.ts';
import type { WholeProject } from './project-store.ts';
import { KINDS } from './revisions.ts';

/** Name of the file, and what it says of itself first, by which it is known. */
export const EVERYTHING_FILE_NAME = 'policy-playground-all.json';
const KIND = 'policy-playground-all';
const VERSION = 1;
/** Largest file that is read, in bytes. */
export const MOST_EVERYTHING_BYTES = 256_000_000;
const MOST_NAME = 200;

/** What a file of everything held, and in words what of it could not be read; or why nothing was read. */
export type Everything =
  | { readonly ok: true; readonly projects: readonly WholeProject[]; readonly left: string }
  | { readonly ok: false; readonly words: string };

/** True for the beginning of a file that `formatEverything` wrote. */
export function isEverything(beginning: string): boolean {
  return /^\s*\{\s*"kind"\s*:\s*"policy-playground-all"/.test(beginning);
}

/** All projects with their history as JSON; a state is the base64url of its packed work. */
export function formatEverything(projects: readonly WholeProject[]): string {
  const written = projects.map(({ name, revisions }) => ({
    name,
    revisions: revisions.map(({ atMs, kind, packed }) => ({ atMs, kind, work: encodeBase64Url(packed) })),
  }));
  return `${JSON.stringify({ kind: KIND, v: VERSION, engine: ENGINE_VERSION, projects: written }, null, 1)}\n`;
}

type Entries = Readonly<Record<string, unknown>>;
type WholeRevision = WholeProject['revisions'][number];

function entriesOf(value: unknown): Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A revision copied field by field, its work read and packed anew; null when anything of it does not fit. */
async function readRevision(value: unknown): Promise<WholeRevision | null> {
  const { atMs, kind, work } = entriesOf(value);
  const known = KINDS.find((name) => name === kind);
  if (typeof atMs !== 'number' || !Number.isFinite(atMs) || known === undefined || typeof work !== 'string')
    return null;
  const bytes = decodeBase64Url(work);
  const read = bytes && (await unpackWork(bytes));
  return read ? { atMs, kind: known, packed: await packWork(read) } : null;
}

async function readProject(value: unknown): Promise<{ readonly project: WholeProject; readonly lost: number }> {
  const { name, revisions: listed } = entriesOf(value);
  const values: readonly unknown[] = Array.isArray(listed) ? listed : [null];
  const revisions: WholeRevision[] = [];
  for (const each of values) {
    const revision = await readRevision(each);
    if (revision !== null) revisions.push(revision);
  }
  const project = { name: typeof name === 'string' ? name.slice(0, MOST_NAME) : '', revisions };
  return { project, lost: values.length - revisions.length };
}

function leftWords(lost: number): string {
  if (lost === 0) return '';
  return lost === 1
    ? '1 version could not be read and was left out.'
    : `${lost} versions could not be read and were left out.`;
}

function parse(text: string): Entries | null {
  try {
    return entriesOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Reads a file of everything, state by state; those that do not fit are left out and counted. Projects without any are
 * none. Never throws.
 */
export async function readEverything(text: string): Promise<Everything> {
  const found = parse(text);
  if (found === null) return { ok: false, words: 'It is not whole JSON, so nothing of it was added. Export it again.' };
  if (found['kind'] !== KIND) return { ok: false, words: 'It is not a file of all projects.' };
  if (found['v'] !== VERSION) {
    const words = `It is written in version ${String(found['v'])}, this page reads version ${VERSION}. Nothing was added.`;
    return { ok: false, words };
  }
  const listed = found['projects'];
  if (!Array.isArray(listed)) return { ok: false, words: 'It has no list of projects, so nothing of it was added.' };
  const read: { readonly project: WholeProject; readonly lost: number }[] = [];
  for (const value of listed as readonly unknown[]) read.push(await readProject(value));
  const projects = read.map(({ project }) => project).filter(({ revisions }) => revisions.length > 0);
  const lost = read.reduce((sum, each) => sum + each.lost, 0);
  if (projects.length === 0 && lost > 0) {
    return { ok: false, words: `None of its ${lost} versions could be read, so nothing of it was added.` };
  }
  return { ok: true, projects, left: leftWords(lost) };
}
