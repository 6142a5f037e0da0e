import type { DiffText, LineCounts } from './diff-text.ts';
import { ExactText } from './exact-text.ts';
import { editor as monaco, JSON_POLICY, KeyCode, YAML_POLICY } from './monaco.ts';
import { guardKeys, lookOfCode, prepare } from './setup.ts';
import './diff-editor.css';

type Model = monaco.ITextModel;

export interface DiffEditorSetup {
  /** Empty box that the editor fills. */
  readonly host: HTMLElement;
  readonly before: DiffText;
  readonly after: DiffText;
  /** Both texts were compared anew. */
  readonly compared: (counts: LineCounts) => void;
  /** The texts need this many pixels of height. */
  readonly resized: (height: number) => void;
  /** Esc: the keyboard wants to leave. */
  readonly leave: () => void;
  /** The texts cannot be compared. */
  readonly failed: () => void;
}

/** Two texts and what differs. */
export interface DiffEditor {
  show(before: DiffText, after: DiffText): void;
  dispose(): void;
}

/** Width of the box, in pixels, from which the texts stand side by side. */
const SIDE_BY_SIDE_FROM = 720;

/** Who is told when the worker that compares cannot be started. */
const hopeful = new Set<() => void>();

function startDiffWorker(): Worker {
  const worker = new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module', name: 'diff' });
  worker.addEventListener('error', (event) => {
    // why: the editor would throw it again at the page, which goes on without it.
    event.stopImmediatePropagation();
    for (const failed of hopeful) failed();
  });
  return worker;
}

function languageOf({ yaml }: DiffText): string {
  return yaml ? YAML_POLICY : JSON_POLICY;
}

function createModel(side: DiffText): Model {
  const model = monaco.createModel(new ExactText(side.text).shown, languageOf(side));
  model.updateOptions({ tabSize: 2 });
  return model;
}

function update(model: Model, side: DiffText): void {
  const { shown } = new ExactText(side.text);
  if (model.getValue() !== shown) model.setValue(shown);
  monaco.setModelLanguage(model, languageOf(side));
}

function countLines(changes: readonly monaco.ILineChange[]): LineCounts {
  // why: an empty stretch ends at line 0.
  const lines = (start: number, end: number): number => (end === 0 ? 0 : end - start + 1);
  return {
    added: changes.reduce((sum, each) => sum + lines(each.modifiedStartLineNumber, each.modifiedEndLineNumber), 0),
    removed: changes.reduce((sum, each) => sum + lines(each.originalStartLineNumber, each.originalEndLineNumber), 0),
  };
}

function createCode(host: HTMLElement): monaco.IStandaloneDiffEditor {
  return monaco.createDiffEditor(host, {
    ...lookOfCode(),
    readOnly: true,
    domReadOnly: true,
    renderLineHighlight: 'none',
    ignoreTrimWhitespace: false,
    renderSideBySideInlineBreakpoint: SIDE_BY_SIDE_FROM,
    enableSplitViewResizing: false,
    renderMarginRevertIcon: false,
    renderGutterMenu: false,
    renderOverviewRuler: false,
    maxComputationTime: 2000,
  });
}

/** Names one side for those who hear it, and leaves out its empty margin. */
function keepName(side: monaco.ICodeEditor, ariaLabel: string): void {
  const { ariaLabel: named, glyphMargin } = monaco.EditorOption;
  const name = (): void => {
    // why: the editor drops names given with its other options, and these whenever it changes between its layouts.
    if (side.getOption(named) !== ariaLabel || side.getOption(glyphMargin)) {
      side.updateOptions({ ariaLabel, glyphMargin: false });
    }
  };
  name();
  side.onDidChangeConfiguration(name);
}

/**
 * Opens a comparison of two texts in `host`: side by side where there is room, else in one column. Nothing can be edited.
 * Tells `compared` once the difference is drawn; until then `host` should not be seen.
 */
export function openDiffEditor(setup: DiffEditorSetup): DiffEditor {
  const { host, before, after, compared, resized, leave, failed } = setup;
  prepare();
  globalThis.MonacoEnvironment ??= { getWorker: startDiffWorker };
  hopeful.add(failed);
  const [original, modified] = [createModel(before), createModel(after)];
  const code = createCode(host);
  code.setModel({ original, modified });
  for (const model of [original, modified]) {
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  }
  keepName(code.getOriginalEditor(), 'Text of A');
  keepName(code.getModifiedEditor(), 'Text of B');
  const sides = [code.getOriginalEditor(), code.getModifiedEditor()];
  const resize = (): void => resized(Math.max(...sides.map((side) => side.getContentHeight())));
  let first = true;
  code.onDidUpdateDiff(() => {
    compared(countLines(code.getLineChanges() ?? []));
    resize();
    if (first) code.revealFirstDiff();
    first = false;
  });
  for (const side of sides) {
    side.onDidContentSizeChange(resize);
    side.onKeyDown(({ keyCode }) => {
      if (keyCode === KeyCode.Escape) leave();
    });
  }
  const stop = guardKeys(host);
  return {
    show(newBefore, newAfter) {
      update(original, newBefore);
      update(modified, newAfter);
    },
    dispose() {
      hopeful.delete(failed);
      stop();
      code.dispose();
      original.dispose();
      modified.dispose();
    },
  };
}
