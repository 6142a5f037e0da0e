import type { Diagnostic, Fix, Range, TextEdit } from '../../core/diagnostic.ts';
import { ExactText, spliceBetween, type Splice } from '../../editor/exact-text.ts';
import type { ShownOutcome } from '../../core/simulator/columns.ts';
import { placeOf } from '../../editor/plain-editor.ts';
import type { CaretPlace, Editor, ShownRange } from '../../editor/handle.ts';
import type { PolicySource, RuleCoverage } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/**
 * Stands between the policy as written and the editor that shows it: carries edits back exactly, and places of the
 * worker (offsets as written) to places on screen. One editor at a time is `attach`ed.
 */
export class PolicyDesk {
  readonly #playground: Playground;
  #exact = $state.raw(new ExactText(''));
  #editor: Editor | null = null;
  #syncing = false;
  #mark: { readonly range: ShownRange; readonly outcome: ShownOutcome } | null = null;
  /** Line, from 1, of the rule that decided the selected call. */
  markedLine = $state<number | null>(null);
  caret = $state.raw<CaretPlace>({ line: 1, column: 1 });
  /** Where the caret is in the shown text. */
  offset = $state(0);
  /** What the rules did in the run on screen; empty until it is asked for. */
  coverage = $state.raw<readonly RuleCoverage[]>([]);
  /** The JSON tab, where Esc leads. */
  leaveTo: () => void = () => undefined;
  /** Puts the text on screen where forms are in its place. */
  showText: () => void = () => undefined;

  constructor(playground: Playground) {
    this.#playground = playground;
    this.#exact = new ExactText(playground.workspace.policyText);
  }

  get shown(): string {
    return this.#exact.shown;
  }

  /** The text on screen, for questions to the worker about places in it. */
  get source(): PolicySource {
    return { dialect: this.#playground.workspace.dialect, text: this.shown };
  }

  /** Makes `editor`, which already shows `shown`, the one that is driven. */
  attach(editor: Editor): void {
    this.#editor?.dispose();
    this.#editor = editor;
    if (this.#mark !== null) editor.mark(this.#mark.range, this.#mark.outcome);
  }

  /** The editor's text changed: so does the policy. */
  edited(splices: readonly Splice[]): void {
    if (this.#syncing) return;
    this.#exact = splices.reduce((exact, splice) => exact.splice(splice), this.#exact);
    this.#playground.workspace.policyText = this.#exact.text;
    this.#playground.edited();
  }

  /** The policy changed from elsewhere (a link, an example, Undo edits): so does the editor, as one step of its Undo. */
  sync(text: string): void {
    if (text === this.#exact.text) return;
    const splice = spliceBetween(this.#exact.shown, new ExactText(text).shown);
    this.#exact = new ExactText(text);
    if (splice === null || this.#editor === null) return;
    this.#syncing = true;
    this.#editor.apply([splice]);
    this.#syncing = false;
  }

  /** A range of the text as written, on screen. */
  toShown({ start, end }: Range): ShownRange {
    return { start: this.#exact.toShown(start), end: this.#exact.toShown(end) };
  }

  /** A place on screen in the text as written. */
  toExact(offset: number): number {
    return this.#exact.toExact(offset);
  }

  /** Selects a range of the text as written and gives the editor the focus. */
  goTo(range: Range): void {
    this.showText();
    this.#editor?.select(this.toShown(range));
    this.#editor?.focus();
  }

  /** Selects whole lines of the text on screen, from 1; lines it does not have are left alone. The focus stays. */
  showLines([from, to]: readonly [number, number]): void {
    const lines = this.shown.split('\n');
    const start = lines.slice(0, from - 1).join('\n').length + (from > 1 ? 1 : 0);
    if (from < 1 || from > to || from > lines.length) return;
    this.showText();
    this.#editor?.select({ start, end: lines.slice(0, to).join('\n').length });
    this.#playground.selection.lines = [from, Math.min(to, lines.length)];
  }

  /** Marks the lines of the rule that decided the selected call; null takes the mark away. Line from 1, for the foot. */
  mark(range: Range | null, outcome: ShownOutcome): void {
    const shown = range === null ? null : this.toShown(range);
    this.#mark = shown === null ? null : { range: shown, outcome };
    this.markedLine = shown === null ? null : placeOf(this.shown, shown.start).line;
    this.#editor?.mark(shown, outcome);
  }

  /** What a fix of the newest check does to the shown text. */
  toSplices(fix: Pick<Fix, 'edits'>): readonly Splice[] {
    return fix.edits.map(({ range, text }) => ({ ...this.toShown(range), text: text.replaceAll('\r\n', '\n') }));
  }

  /** Applies a fix; one that belongs to an older text is left alone. */
  fix(fix: Fix): void {
    const { checkedText, policyText } = this.#playground.workspace;
    if (checkedText === policyText) this.#editor?.apply(this.toSplices(fix));
  }

  /** Makes edits of exactly `text` as one step of Undo; false, and nothing done, when the policy is another by now. */
  edit(text: string, edits: readonly TextEdit[]): boolean {
    const isSame = text === this.#playground.workspace.policyText && this.#editor !== null;
    if (isSame) this.#editor?.apply(this.toSplices({ edits }));
    return isSame;
  }

  /** Diagnostics, as long as they belong to the text on screen. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#playground.workspace.check?.diagnostics ?? [];
  }

  /** Lays the document out with two spaces, as one undo step; comments stay. Says why not; null when it did. */
  async format(): Promise<string | null> {
    const { source } = this;
    const reply = await this.#playground.client.assist({ kind: 'format', source, offset: 0 });
    const answer = reply.kind === 'ok' ? reply.value : reply;
    if (answer.kind === 'refused') return answer.reason;
    if (answer.kind !== 'edits' || source.text !== this.shown) return 'the text changed meanwhile; press again';
    if (answer.edits.length > 0) this.#editor?.apply(answer.edits.map(({ range, text }) => ({ ...range, text })));
    return null;
  }

  undo(): void {
    this.#editor?.undo();
    this.#editor?.focus();
  }

  focus(): void {
    this.#editor?.focus();
  }

  /** The driven editor; null before the first is there. */
  get editor(): Editor | null {
    return this.#editor;
  }
}
