import type { Scenario } from '../../core/scenario/model.ts';
import { workOf } from '../../state/link.svelte.ts';
import { openStorage } from '../../state/saved-work.svelte.ts';
import type { Work } from '../../state/workspace.svelte.ts';
import { openDialog } from '../kit/open-dialog.ts';

/**
 * What was in a file: work to put on screen, with words for it, or why nothing was; `words: null` when the file was
 * something else, which now has a place of its own. `isTrace`: it holds recorded calls.
 */
export type Imported =
  | { readonly ok: true; readonly work: Work; readonly words: string }
  | { readonly ok: false; readonly words: string | null; readonly isTrace?: true };

/** Largest policy that is read, in bytes; a file of everything holds no more. */
const MOST_BYTES = 2 * 1_048_576;
/** Characters of a file that tell whether it is a trace. */
const LOOKED_AT = 65_536;

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

async function readWhole(text: string, name: string): Promise<Imported> {
  const [{ decodeFile }, { readScenario }] = await Promise.all([
    import('../../share/file.ts'),
    import('../../state/read-scenario.ts'),
  ]);
  const found = decodeFile(text, readScenario);
  if (found.kind === 'rejected') return { ok: false, words: `${name}: ${found.title}. ${found.read}` };
  return { ok: true, work: workOf(found.content), words: `Policy and scenario of ${name} opened.` };
}

async function readScenarioFile(text: string, name: string, work: Work): Promise<Imported> {
  const { readScenario } = await import('../../state/read-scenario.ts');
  const found = readScenario(JSON.parse(text) as Parameters<typeof readScenario>[0]);
  if (!found.ok) return { ok: false, words: `${name} is a scenario that does not fit: ${found.message}.` };
  const scenario: Scenario = found.scenario;
  return {
    ok: true,
    work: { ...work, title: scenario.name ?? work.title, scenario },
    words: `Scenario of ${name} opened.`,
  };
}

/** True for a trace, told by its beginning. */
async function holdsCalls(text: string): Promise<boolean> {
  const { createTraceReader } = await import('../../core/traces/read-trace.ts');
  return createTraceReader(text.slice(0, LOOKED_AT)).finish().trace.count > 0;
}

/** True for a file that a k6 script wrote, told by its beginning. */
async function isOfK6(file: File): Promise<boolean> {
  const [beginning, { holdsResults }] = await Promise.all([
    file
      .slice(0, LOOKED_AT)
      .text()
      .catch(() => ''),
    import('../../core/k6/results.ts'),
  ]);
  return holdsResults(beginning);
}

/** The text of a file, or why it is none. */
async function readText(file: File): Promise<{ readonly text: string } | { readonly refusal: string }> {
  const { name } = file;
  if (file.size > MOST_BYTES) return { refusal: `${name} is larger than 2 MB, so it was not read.` };
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) return { refusal: `${name} could not be read. A folder is opened file by file.` };
  if (new Uint8Array(bytes).includes(0)) {
    return { refusal: `${name} is not a text file in UTF-8, so it was not read. Save it as UTF-8 and open it again.` };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { refusal: `${name} is not written in UTF-8, so it was not read. Save it as UTF-8 and open it again.` };
  }
}

/** Adds all projects of a file that holds them, told by its beginning; null for any other. */
async function addProjects(file: File): Promise<Imported | null> {
  const [beginning, { isEverything }] = await Promise.all([
    file
      .slice(0, LOOKED_AT)
      .text()
      .catch(() => ''),
    import('../../state/everything-file.ts'),
  ]);
  if (!isEverything(beginning)) return null;
  const [{ importEverything }, { ProjectStore }] = await Promise.all([
    import('../projects/everything.ts'),
    import('../../state/project-store.ts'),
  ]);
  const store = new ProjectStore(openStorage('localStorage'), { id: '', raw: null });
  return { ok: false, words: `${await importEverything(store, file)} Projects lists them.` };
}

/**
 * Reads a file as what it is: everything at once (an object with `v`), a scenario (with `agents`), else the text of a
 * policy, kept to the letter. Recorded calls are no policy; it says where they belong. Results of a k6 script open beside
 * the work. `work` is what is on screen, of which a policy or a scenario replaces its part.
 */
export async function importFile(file: File, work: Work): Promise<Imported> {
  const { name } = file;
  if (await isOfK6(file)) {
    await openDialog(import('../k6/K6ResultsDialog.svelte'), { file });
    return { ok: false, words: null };
  }
  const added = await addProjects(file);
  if (added !== null) return added;
  const read = await readText(file);
  if ('refusal' in read) return { ok: false, words: read.refusal };
  const { text } = read;
  const object = parseObject(text);
  if (object !== null && Object.hasOwn(object, 'v')) return readWhole(text, name);
  if (object !== null && Object.hasOwn(object, 'agents')) return readScenarioFile(text, name, work);
  if (await holdsCalls(text)) {
    return { ok: false, isTrace: true, words: `${name} holds recorded calls, so it is no policy.` };
  }
  return { ok: true, work: { ...work, policyText: text, dialect: 'auto' }, words: `Policy of ${name} opened.` };
}

/** Reads the one file among those dropped. */
export async function importOne(files: readonly File[], work: Work): Promise<Imported> {
  const [file] = files;
  if (file !== undefined && files.length === 1) return importFile(file, work);
  return { ok: false, words: 'Several files were dropped, so none was opened. Drop them one by one.' };
}
