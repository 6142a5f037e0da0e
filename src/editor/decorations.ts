import type { ShownOutcome } from '../core/simulator/columns.ts';
import type { Cover, Hint } from './handle.ts';
import { editor, Range } from './monaco.ts';

/** Results at the ends of lines: one stretch of injected text for each outcome, glyph by style sheet, words as given. */
export function hintDecorations(
  model: editor.ITextModel,
  hints: readonly Hint[],
): readonly editor.IModelDeltaDecoration[] {
  return hints.flatMap(({ at, parts, cover }) => {
    const line = model.getPositionAt(at).lineNumber;
    const end = model.getLineMaxColumn(line);
    const words = parts.map(({ outcome, words }) => ({
      range: new Range(line, end, line, end),
      options: {
        description: 'result',
        showIfCollapsed: true,
        after: {
          content: words,
          inlineClassName: `result-hint ${outcome}`,
          inlineClassNameAffectsLetterSpacing: true,
          cursorStops: editor.InjectedTextCursorStops.None,
        },
      },
    }));
    return cover === undefined ? words : [...words, coverDecoration(model, at, cover)];
  });
}

/** A mark in the margin of a rule's lines: its shape says how much the rule had to do, its tooltip says so in words. */
function coverDecoration(
  model: editor.ITextModel,
  at: number,
  { end, kind, words }: Cover,
): editor.IModelDeltaDecoration {
  return {
    range: Range.fromPositions(model.getPositionAt(at), model.getPositionAt(end)),
    options: {
      isWholeLine: true,
      linesDecorationsClassName: `cover ${kind}`,
      linesDecorationsTooltip: words,
    },
  };
}

/** The lines of a rule as the place that decided a call: ground and edge over the whole width. */
export function markDecorations(range: Range, outcome: ShownOutcome): readonly editor.IModelDeltaDecoration[] {
  const options = {
    description: 'deciding rule',
    isWholeLine: true,
    className: `rule-mark ${outcome}`,
    marginClassName: `rule-mark rule-edge ${outcome}`,
  };
  return [{ range, options }];
}
