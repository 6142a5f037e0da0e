import type { Diagnostic, Fix, Range } from '../../../core/diagnostic.ts';
import type { JsonValue } from '../../../core/json.ts';
import type { Scenario } from '../../../core/scenario/model.ts';
import { changeText, isSameJson } from '../../../core/scenario/document/change-text.ts';
import { printDocument } from '../../../core/scenario/document/print-document.ts';
import { placeDiagnostics, readScenarioText } from '../../../core/scenario/document/read-document.ts';
import { formatJson } from '../../../core/policy/format-json.ts';
import { ExactText, spliceBetween, type Splice } from '../../../editor/exact-text.ts';
import type { CaretPlace, Editor, Marker, ShownRange } from '../../../editor/handle.ts';
import type { Playground } from '../../../state/playground.svelte.ts';
import { readScenario } from '../../../state/read-scenario.ts';
import { keepDraft, readDraft } from './text-draft.ts';

/** Texts from this length on are read once typing pauses. */
const LONG = 100_000;
const PAUSE_MS = 300;
/** Texts from this length on are written anew by a change elsewhere: finding what differs would hold the page up. */
const HUGE = 300_000;

/** A scenario as plain JSON. */
function plain(scenario: Scenario): JsonValue {
  return JSON.parse(JSON.stringify(scenario)) as JsonValue;
}

/**
 * The scenario as text, and what keeps the two alike. Text without errors becomes the scenario; a scenario changed
 * elsewhere changes the text where it differs, as one step of Undo. Text with errors stays as it is, and the scenario
 * before it stays in force.
 */
export class ScenarioDesk {
  readonly #playground: Playground;
  #exact = $state.raw(new ExactText(''));
  #editor: Editor | null = null;
  #syncing = false;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The scenario that the text says, or said before it had errors. */
  #said: Scenario;
  /** Of the text on screen, in order of place. */
  diagnostics = $state.raw<readonly Diagnostic[]>([]);
  hasComments = $state(false);
  caret = $state.raw<CaretPlace>({ line: 1, column: 1 });
  /** The tab, where Esc leads. */
  leaveTo: () => void = () => undefined;

  constructor(playground: Playground) {
    this.#playground = playground;
    this.#said = playground.workspace.scenario;
    const kept = readDraft(JSON.stringify(this.#said));
    this.#exact = new ExactText(kept ?? printDocument(plain(this.#said)));
    void this.#read();
  }

  get shown(): string {
    return this.#exact.shown;
  }
  get editor(): Editor | null {
    return this.#editor;
  }
  /** Errors while the text is not the scenario in force. */
  get errors(): number {
    return this.#playground.workspace.scenarioErrors;
  }

  /** Makes `editor`, which already shows `shown`, the one that is driven. */
  attach(editor: Editor): void {
    this.#editor?.dispose();
    this.#editor = editor;
  }

  /** The editor's text changed. */
  edited(splices: readonly Splice[]): void {
    if (this.#syncing) return;
    this.#exact = splices.reduce((exact, splice) => exact.splice(splice), this.#exact);
    clearTimeout(this.#timer);
    // why: reading a text of this length after every key would hold typing up.
    if (this.#exact.text.length < LONG) void this.#read();
    else this.#timer = setTimeout(() => void this.#read(), PAUSE_MS);
  }

  /** The scenario in force changed; does nothing when it is what the text says. */
  follow(scenario: Scenario): void {
    if (scenario === this.#said) return;
    this.#said = scenario;
    const wanted = plain(scenario);
    const { text } = this.#exact;
    const edits = text.length < HUGE ? changeText(text, wanted) : null;
    if (edits === null) this.#write([{ start: 0, end: this.shown.length, text: printDocument(wanted) }]);
    else this.#write(edits.map((edit) => ({ ...this.toShown(edit.range), text: edit.text.replaceAll('\r\n', '\n') })));
    void this.#read();
  }

  /** The whole work was put back, and its scenario is the one in force already: so is its text. */
  restore(): void {
    if (this.errors === 0) return;
    this.#write([{ start: 0, end: this.shown.length, text: printDocument(plain(this.#said)) }]);
    void this.#read();
  }

  /** A range of the text as written, on screen. */
  toShown({ start, end }: Range): ShownRange {
    return { start: this.#exact.toShown(start), end: this.#exact.toShown(end) };
  }

  /** Selects a range of the text as written and gives the editor the focus. */
  goTo(range: Range): void {
    this.#editor?.select(this.toShown(range));
    this.#editor?.focus();
  }

  fix(fix: Fix): void {
    this.#editor?.apply(this.#toSplices(fix));
  }

  /** What is drawn in the text. */
  get markers(): readonly Marker[] {
    return this.diagnostics.map(({ range, severity, code, message, fixes = [] }) => {
      const edits = fixes.map((fix) => ({ title: fix.title, edits: this.#toSplices(fix) }));
      return { ...this.toShown(range), severity, code, message, fixes: edits };
    });
  }

  /** Lays the text out; comments stay. Says why not; null when it did. */
  format(): string | null {
    const read = readScenarioText(this.shown);
    if (read.kind === 'broken') return 'the text is not JSON yet; mend the errors first';
    const edits = read.hasComments
      ? (formatJson(this.shown) ?? []).map(({ range, text }) => ({ ...range, text }))
      : [{ start: 0, end: this.shown.length, text: printDocument(read.value) }];
    if (edits.length > 0) this.#editor?.apply(edits);
    return null;
  }

  undo(): void {
    this.#editor?.undo();
  }

  #toSplices({ edits }: Fix): readonly Splice[] {
    return edits.map(({ range, text }) => ({ ...this.toShown(range), text }));
  }

  #write(splices: readonly Splice[]): void {
    const before = this.#exact;
    this.#exact = [...splices].reverse().reduce((exact, splice) => exact.splice(splice), before);
    const whole = spliceBetween(before.shown, this.#exact.shown);
    if (whole === null) return;
    this.#syncing = true;
    this.#editor?.apply([whole]);
    this.#syncing = false;
  }

  /** Checks the text on screen, and makes it the scenario when nothing is wrong with it. The newest text wins. */
  async #read(): Promise<void> {
    const turn = ++this.#turn;
    const { workspace, client } = this.#playground;
    const read = readScenarioText(this.#exact.text);
    if (read.kind === 'broken') {
      this.#refuse(read.diagnostics);
      return;
    }
    const reply = await client.checkScenario(read.value);
    if (turn !== this.#turn || reply.kind !== 'ok') return;
    const diagnostics = placeDiagnostics(read.root, reply.value.diagnostics);
    const isInForce = isSameJson(read.value, plain(workspace.scenario));
    const scenario = readScenario(read.value);
    const isWrong = diagnostics.some(({ severity }) => severity === 'error') || !scenario.ok;
    this.hasComments = read.hasComments;
    if (isWrong && !isInForce) {
      this.#refuse(diagnostics);
      return;
    }
    this.diagnostics = diagnostics;
    workspace.scenarioErrors = 0;
    if (!isInForce && scenario.ok) {
      this.#said = scenario.scenario;
      workspace.scenario = scenario.scenario;
      this.#playground.edited();
    }
    this.#keep(read.hasComments);
  }

  #refuse(diagnostics: readonly Diagnostic[]): void {
    this.diagnostics = diagnostics;
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    this.#playground.workspace.scenarioErrors = Math.max(1, errors);
    this.#keep(true);
  }

  #keep(isMore: boolean): void {
    keepDraft(isMore ? { of: JSON.stringify(this.#said), text: this.#exact.text } : null);
  }
}
