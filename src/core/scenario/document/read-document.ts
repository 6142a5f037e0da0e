import type { Diagnostic } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import { readDocument } from '../../policy/policylayer/document-reader.ts';
import { type JsonNode, locateNode, toJson } from '../../policy/policylayer/json-node.ts';
import { Report } from '../../policy/report.ts';

/** A scenario's text as JSON, with places; `hasComments` says that some of it is in no link and no export. */
export type ScenarioText =
  | { readonly kind: 'document'; readonly root: JsonNode; readonly value: JsonValue; readonly hasComments: boolean }
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[] };

/** What the reader of documents remarks on for the sake of policies only. */
const ALLOWED = new Set(['comment', 'trailing-comma']);

function aboutScenario(diagnostic: Diagnostic): Diagnostic {
  const { message, fixes: _policyFixes, ...rest } = diagnostic;
  if (diagnostic.code === 'empty-document') return { ...rest, message: 'there is no scenario here; begin with `{`' };
  const words = message.replace(/\bpolicy\b/g, 'scenario');
  return words === message ? diagnostic : { ...rest, message: words };
}

/** Reads a scenario's text: JSON, in which comments and trailing commas are allowed. Never throws. */
export function readScenarioText(text: string): ScenarioText {
  const report = new Report();
  const root = readDocument(text, report);
  const remarks = report.sorted();
  const diagnostics = remarks.filter(({ code }) => !ALLOWED.has(code)).map(aboutScenario);
  if (root === null || diagnostics.some(({ severity }) => severity === 'error')) return { kind: 'broken', diagnostics };
  return { kind: 'document', root, value: toJson(root), hasComments: remarks.some(({ code }) => code === 'comment') };
}

/** The nearest thing in the text to what a pointer names: itself, or what it would stand in when it is missing. */
function nearest(root: JsonNode, pointer: string): Diagnostic['range'] {
  const found = locateNode(root, pointer);
  if (found !== null) {
    const { node, range } = found;
    // why: a line under a whole step would hide which part of it is meant.
    if (node.kind === 'scalar' || pointer === '') return node.kind === 'scalar' ? range : opening(range);
    return range.start === node.range.start ? opening(range) : { start: range.start, end: node.range.start + 1 };
  }
  return nearest(root, pointer.slice(0, pointer.lastIndexOf('/')));
}

function opening({ start }: Diagnostic['range']): Diagnostic['range'] {
  return { start, end: start + 1 };
}

/** Gives diagnostics of the document, which have pointers only, their places in its text. In the order of the text. */
export function placeDiagnostics(root: JsonNode, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics
    .map((diagnostic) => ({ ...diagnostic, range: nearest(root, diagnostic.pointer) }))
    .sort((a, b) => a.range.start - b.range.start);
}
