import { docsAddress } from '../core/docs-address.ts';
import type { Marker } from './handle.ts';
import { editor, JSON_POLICY, languages, MarkerSeverity, Range, Uri, YAML_POLICY } from './monaco.ts';

const OWNER = 'policy';
const SEVERITY = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, note: MarkerSeverity.Info } as const;

/** The markers last drawn on each model, for their fixes. */
const drawn = new WeakMap<editor.ITextModel, readonly Marker[]>();

function rangeOf(model: editor.ITextModel, start: number, end: number): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

/** A code that leads to what the docs say of it. */
function linked(code: string): NonNullable<editor.IMarkerData['code']> {
  return { value: code, target: Uri.parse(new URL(docsAddress('findings', code), document.baseURI).href) };
}

/** Draws diagnostics as squiggles at their places; empty ranges cover the character before or after them. */
export function setMarkers(model: editor.ITextModel, markers: readonly Marker[]): void {
  drawn.set(model, markers);
  const data = markers.map(({ start, end, severity, code, message }): editor.IMarkerData => {
    const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOf(model, start, end);
    const place = { startLineNumber, startColumn, endLineNumber, endColumn };
    return { ...place, severity: SEVERITY[severity], code: linked(code), message };
  });
  editor.setModelMarkers(model, OWNER, data);
}

/** Offers the fixes of the diagnostics under the cursor as quick fixes. Once a page. */
export function provideFixes(): void {
  languages.registerCodeActionProvider([JSON_POLICY, YAML_POLICY], {
    provideCodeActions(model, range) {
      const touched = (drawn.get(model) ?? []).filter((marker) =>
        Range.areIntersectingOrTouching(rangeOf(model, marker.start, marker.end), range),
      );
      const versionId = model.getVersionId();
      const actions = touched.flatMap((marker) =>
        marker.fixes.map((fix, index): languages.CodeAction => {
          const edits = fix.edits.map(({ start, end, text }) => ({
            resource: model.uri,
            versionId,
            textEdit: { range: rangeOf(model, start, end), text },
          }));
          return { title: fix.title, kind: 'quickfix', isPreferred: index === 0, edit: { edits } };
        }),
      );
      return { actions, dispose: () => undefined };
    },
  });
}
