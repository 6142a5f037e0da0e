import type { CompareInput, CompareResult, LocatedNotes, PolicySource } from '../../../workers/engine-api.ts';
import { comparisonWords, formatComparison } from '../../core/analysis/comparison-markdown.ts';
import type { ComparisonReport } from '../../core/analysis/comparison-report.ts';
import type { WindowMode } from '../../core/engine/decision.ts';
import type { Dialect } from '../../core/policy/model.ts';
import { recognizeDialect } from '../../core/policy/parse.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Compared } from '../../state/workspace.svelte.ts';
import { dialectName } from '../gallery/dialect-name.ts';

/** What the policy on screen is compared with. */
export type Against = 'policy' | 'windows' | 'dialect';

/** Everything a comparison depends on; two with equal fields give the same report. */
interface Wanted {
  readonly against: Against;
  readonly policyText: string;
  readonly dialect: PolicySource['dialect'];
  readonly windows: WindowMode;
  readonly other: Compared | undefined;
  readonly otherWindows: WindowMode | undefined;
  readonly scenario: object;
  readonly replayed: object | null;
}

/** A finished comparison and what it is about. */
export interface Finished {
  readonly input: CompareInput;
  readonly names: { readonly before: string; readonly after: string };
  readonly report: ComparisonReport;
  readonly words: string;
  readonly markdown: string;
  /** What converting side B lost or changed; null where nothing was converted. */
  readonly notes: readonly LocatedNotes[] | null;
}

/** A comparison that took the worker longer than this is not repeated by itself. */
const AUTO_LIMIT_MS = 200;

function isSame(a: Wanted | null, b: Wanted): boolean {
  if (a === null) return false;
  return (Object.keys(b) as (keyof Wanted)[]).every((field) => a[field] === b[field]);
}

/** What the present work is compared with, and what came of it. */
export class ComparisonBoard {
  readonly #playground: Playground;
  /** Grows with every attempt; what belongs to an older one is dropped. */
  #turn = 0;
  #done = $state.raw<Wanted | null>(null);
  #tried = $state.raw<Wanted | null>(null);
  #tookMs = 0;
  /** Notes of the conversion that the newest input came from. */
  #notes: readonly LocatedNotes[] | null = null;
  against = $state<Against>('policy');
  otherWindows = $state<WindowMode | null>(null);
  finished = $state.raw<Finished | null>(null);
  progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
  /** Why there is no result, in words; null when there is, or nobody asked. */
  failure = $state<string | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** The window mode to compare with; never the present one. */
  get windows(): WindowMode {
    const present = this.#playground.workspace.windows;
    if (this.otherWindows !== null && this.otherWindows !== present) return this.otherWindows;
    return present === 'calendar' ? 'sliding' : 'calendar';
  }

  /** The dialect the policy on screen is read in. */
  get dialect(): Dialect {
    const { dialect, policyText } = this.#playground.workspace;
    return dialect === 'auto' ? recognizeDialect(policyText) : dialect;
  }

  /** True when there is something to compare with. */
  get ready(): boolean {
    return (
      this.#playground.blocked === null &&
      (this.against !== 'policy' || this.#playground.workspace.compare !== undefined)
    );
  }

  /** True when the result on screen is not about the present work and choice. */
  get stale(): boolean {
    return this.#done !== null && !isSame(this.#done, this.#wanted);
  }

  /** True when a comparison should start by itself: quick work that was not tried yet. */
  get due(): boolean {
    const { preferences, run } = this.#playground;
    const quick = run.quick && this.#tookMs <= AUTO_LIMIT_MS;
    return preferences.auto && quick && this.ready && !isSame(this.#tried, this.#wanted);
  }

  /** Compares the present work with what was chosen; the newest attempt wins. */
  async run(): Promise<void> {
    const turn = ++this.#turn;
    const wanted = this.#wanted;
    this.#tried = wanted;
    this.failure = null;
    this.#notes = null;
    const input = await this.#input();
    if (turn !== this.#turn || input === null) return;
    const goOn = (done: number, total: number): boolean => {
      if (turn !== this.#turn) return false;
      this.progress = { done, total };
      return true;
    };
    const names = this.#names();
    const reply = await this.#playground.client.compare(input, goOn);
    if (turn !== this.#turn) return;
    this.progress = null;
    if (reply.kind !== 'ok') this.failure = 'The simulator stopped and was restarted. Your work is kept.';
    else if (reply.value.kind !== 'done') this.failure = failureWords(reply.value, names);
    else {
      this.#tookMs = reply.value.tookMs;
      this.#done = wanted;
      this.finished = this.#finish(input, names, reply.value.report);
    }
  }

  /** Stops the attempt that is going; the result there was stays. */
  cancel(): void {
    this.#turn++;
    this.progress = null;
  }

  /** Takes a text to compare with; an empty one takes it away. */
  take(text: string, dialect: PolicySource['dialect'] = 'auto'): void {
    const actual = dialect === 'auto' ? recognizeDialect(text) : dialect;
    this.#playground.workspace.compare = text === '' ? undefined : { dialect: actual, text };
  }

  get #wanted(): Wanted {
    const { run, workspace } = this.#playground;
    const { policyText, dialect, windows, scenario } = workspace;
    const other = this.against === 'policy' ? workspace.compare : undefined;
    const otherWindows = this.against === 'windows' ? this.windows : undefined;
    const { against } = this;
    return { against, policyText, dialect, windows, other, otherWindows, scenario, replayed: run.replayed };
  }

  /** Both sides; null when there is nothing to compare with, which `failure` says. */
  async #input(): Promise<CompareInput | null> {
    const { run, workspace, client } = this.#playground;
    const { policyText: text, dialect, windows, scenario, compare } = workspace.work;
    const shown = { policy: { dialect, text }, windows };
    const rest = { scenario, ...run.replayed?.input };
    if (this.against === 'windows') return { ...rest, before: shown, after: { ...shown, windows: this.windows } };
    if (this.against === 'policy') {
      return compare === undefined ? null : { ...rest, before: { policy: compare, windows }, after: shown };
    }
    const to = this.dialect === 'intercept' ? 'policylayer' : 'intercept';
    const reply = await client.convert(shown.policy, to);
    if (reply.kind === 'ok' && reply.value.kind === 'ok') {
      this.#notes = reply.value.groups;
      return { ...rest, before: shown, after: { policy: { dialect: to, text: reply.value.text }, windows } };
    }
    this.failure = 'The policy could not be converted. Correct its errors, then compare again.';
    return null;
  }

  #names(): Finished['names'] {
    const { compare, windows } = this.#playground.workspace;
    const shown = dialectName(this.dialect);
    const [before, after] = {
      policy: [`Other policy (${dialectName(compare?.dialect ?? 'policylayer')})`, `Policy on screen (${shown})`],
      windows: [`${windows} windows`, `${this.windows} windows`],
      dialect: [
        `As written (${shown})`,
        `Converted (${dialectName(this.dialect === 'intercept' ? 'policylayer' : 'intercept')})`,
      ],
    }[this.against];
    return { before: before ?? '', after: after ?? '' };
  }

  #finish(input: CompareInput, names: Finished['names'], report: ComparisonReport): Finished {
    const { title, windows } = this.#playground.workspace;
    const { replayed } = this.#playground.run;
    const { name, seed } = input.scenario;
    const made =
      replayed === null ? `${name ?? 'without a name'}, seed ${seed ?? 0}` : `recorded calls of ${replayed.name}`;
    const scenario = this.against === 'windows' ? made : `${made}, ${windows} windows`;
    return {
      input,
      names,
      report,
      words: comparisonWords(report),
      markdown: formatComparison(report, { title, ...names, scenario, notes: noteLines(this.#notes ?? []) }),
      notes: this.#notes,
    };
  }
}

/** Notes as lines of a summary, those on form alone left out. */
function noteLines(groups: readonly LocatedNotes[]): readonly string[] {
  return groups
    .filter(({ severity }) => severity !== 'same')
    .flatMap(({ explanation, notes }) =>
      notes.map(({ message, place }) => `${place ? `line ${place.line}: ` : ''}${message} (${explanation})`),
    );
}

function failureWords(result: Exclude<CompareResult, { kind: 'done' }>, names: Finished['names']): string | null {
  switch (result.kind) {
    case 'cancelled':
      return null;
    case 'policy-invalid': {
      const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
      const first = errors[0]?.message ?? 'it could not be read';
      return `${names[result.side]} has errors, so it cannot be compared. The first: ${first}.`;
    }
    case 'scenario-invalid':
      return 'The scenario has errors. Correct them, then compare again.';
    case 'too-many': {
      const most = result.most.toLocaleString('en-US');
      return `Agents react to denials, and calls are matched up to ${most} a run. Make fewer calls, then compare again.`;
    }
    case 'failed':
      return `The policies could not be compared. The simulator says: ${result.message}`;
  }
}

const boards = new WeakMap<Playground, ComparisonBoard>();

/** The board of a playground; it outlives the panel, so that the result is there when the tab is opened again. */
export function comparisonOf(playground: Playground): ComparisonBoard {
  const board = boards.get(playground) ?? new ComparisonBoard(playground);
  boards.set(playground, board);
  return board;
}
