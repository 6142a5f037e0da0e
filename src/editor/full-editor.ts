import { addAssistActions, assistModel } from './assistance.ts';
import type { Assistance, CaretPlace, Editor, EditorEvents, Hint, Marker, ShownRange } from './handle.ts';
import type { ShownOutcome } from '../core/simulator/columns.ts';
import { spliceBetween, type Splice } from './exact-text.ts';
import { editor as monaco, JSON_POLICY, KeyCode, Range, Selection, YAML_POLICY } from './monaco.ts';
import type { PlainEditor } from './plain-editor.ts';
import { setMarkers } from './markers.ts';
import { hintDecorations, markDecorations } from './decorations.ts';
import { guardKeys, lookOfCode, prepare } from './setup.ts';

type Code = monaco.IStandaloneCodeEditor;
type Model = monaco.ITextModel;

export interface FullEditorSetup {
  /** Empty box that the editor fills. */
  readonly host: HTMLElement;
  /** The text area it takes over from. */
  readonly area: HTMLTextAreaElement;
  readonly plain: PlainEditor;
  readonly events: EditorEvents;
  readonly assistance: Assistance;
}

function rangeOf(model: Model, { start, end }: ShownRange): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

function selectionOf(model: Model, { start, end }: ShownRange): Selection {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  return new Selection(from.lineNumber, from.column, to.lineNumber, to.column);
}

/** A model of the text with everything typed so far in its Undo. */
function createModel({ history }: PlainEditor): Model {
  const { states, index } = history;
  const model = monaco.createModel(states[0]?.text ?? '', JSON_POLICY);
  // why: an empty text has the line ends of the system, and offsets must be those of the shown text.
  model.setEOL(monaco.EndOfLineSequence.LF);
  for (const [step, state] of states.entries()) {
    const before = states[step - 1];
    const splice = before === undefined ? null : spliceBetween(before.text, state.text);
    if (before === undefined || splice === null) continue;
    const edit = { range: rangeOf(model, splice), text: splice.text, forceMoveMarkers: true };
    model.pushStackElement();
    model.pushEditOperations([selectionOf(model, before)], [edit], () => [selectionOf(model, state)]);
  }
  model.pushStackElement();
  for (let step = states.length - 1; step > index; step--) void model.undo();
  return model;
}

function createCode(host: HTMLElement, model: Model, label: string): Code {
  return monaco.create(host, {
    ...lookOfCode(),
    model,
    ariaLabel: label,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    renderLineHighlight: 'all',
    autoSurround: 'never',
    quickSuggestions: false,
    acceptSuggestionOnEnter: 'smart',
    acceptSuggestionOnCommitCharacter: false,
    suggest: { showIcons: false, showStatusBar: false },
    suggestLineHeight: 28,
    suggestFontSize: 12.5,
    lightbulb: { enabled: monaco.ShowLightbulbIconMode.Off },
    hover: { above: false },
    wordBasedSuggestions: 'off',
  });
}

/** Keys: the browser's own stay its own, Esc leaves, Tab indents only once something was typed. */
function listenToKeys(host: HTMLElement, code: Code, events: EditorEvents): () => void {
  const stop = guardKeys(host);
  code.addCommand(
    KeyCode.Escape,
    () => events.leave(),
    'editorTextFocus && !findWidgetVisible && !editorHasMultipleSelections && !editorHoverVisible && !codeActionMenuVisible && !suggestWidgetVisible && !inSnippetMode',
  );
  code.onDidChangeModelContent(() => {
    if (code.hasTextFocus()) code.updateOptions({ tabFocusMode: false });
  });
  code.onDidBlurEditorText(() => code.updateOptions({ tabFocusMode: true }));
  code.addAction({
    id: 'playground.find',
    label: 'Find',
    contextMenuGroupId: '1_modification',
    run: (target) => target.trigger('menu', 'actions.find', null),
  });
  return stop;
}

function listenToText(code: Code, model: Model, events: EditorEvents): void {
  model.onDidChangeContent(({ changes }) => {
    const backwards = [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset);
    events.edited(
      backwards.map(({ rangeOffset, rangeLength, text }): Splice => {
        return { start: rangeOffset, end: rangeOffset + rangeLength, text: text.replaceAll('\r\n', '\n') };
      }),
    );
  });
  code.onDidChangeCursorSelection(({ selection }) => {
    const position = selection.getPosition();
    const place: CaretPlace = { line: position.lineNumber, column: position.column };
    const { startLineNumber: from, endLineNumber: to, endColumn } = selection;
    // why: a selection that ends before a line's first character leaves that line out.
    const lines = [from, endColumn === 1 && to > from ? to - 1 : to] as const;
    events.caret(place, model.getOffsetAt(position), selection.isEmpty() ? null : lines);
  });
}

function controls(code: Code, model: Model, stop: () => void): Editor {
  const hints = code.createDecorationsCollection();
  const mark = code.createDecorationsCollection();
  const reveal = (range: Range): void => code.revealRangeInCenterIfOutsideViewport(range, monaco.ScrollType.Immediate);
  return {
    apply(edits) {
      code.pushUndoStop();
      code.executeEdits(
        'page',
        edits.map((edit) => ({ range: rangeOf(model, edit), text: edit.text })),
      );
      code.pushUndoStop();
    },
    select(range) {
      code.setSelection(selectionOf(model, range));
      reveal(rangeOf(model, range));
    },
    mark(range: ShownRange | null, outcome: ShownOutcome) {
      mark.set(range === null ? [] : markDecorations(rangeOf(model, range), outcome));
      if (range !== null) reveal(rangeOf(model, range));
    },
    yaml(on) {
      monaco.setModelLanguage(model, on ? YAML_POLICY : JSON_POLICY);
      // why: in JSON a quote or a colon says that a word begins; in YAML only the word itself does.
      code.updateOptions({ quickSuggestions: on });
    },
    markers: (markers: readonly Marker[]) => setMarkers(model, markers),
    hints: (list: readonly Hint[]) => hints.set(hintDecorations(model, list)),
    focus: () => code.focus(),
    undo: () => code.trigger('page', 'undo', null),
    dispose() {
      stop();
      code.dispose();
      model.dispose();
    },
  };
}

/** Waits until nothing is being composed or dragged in the text area. */
async function untilQuiet(plain: PlainEditor): Promise<void> {
  while (plain.busy()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/**
 * Opens the full editor in `host` with the text, selection, scroll position, focus and Undo of the text area. The caller
 * takes the text area away in the same turn. Rejects when the editor cannot be built; the text area is untouched then.
 */
export async function openFullEditor({ host, area, plain, events, assistance }: FullEditorSetup): Promise<Editor> {
  prepare();
  await untilQuiet(plain);
  // INVARIANT: from here to the end nothing waits, so no key can fall between the two editors.
  const model = createModel(plain);
  const code = createCode(host, model, area.ariaLabel ?? '');
  // why: brackets in many hues would read as outcomes; a new editor turns them on again, so this comes after it.
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  const focused = document.activeElement === area;
  code.setSelection(selectionOf(model, { start: area.selectionStart, end: area.selectionEnd }));
  code.setScrollPosition({ scrollTop: area.scrollTop, scrollLeft: area.scrollLeft });
  listenToText(code, model, events);
  assistModel(model, assistance);
  addAssistActions(code, model, assistance);
  const stop = listenToKeys(host, code, events);
  if (focused) code.focus();
  return controls(code, model, stop);
}
