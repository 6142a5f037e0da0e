import type { PatternCompiler } from '../model.ts';
import { anchorsOf } from '../anchors.ts';
import type { DialectReader } from '../reader.ts';
import { Report } from '../report.ts';
import { readDocument } from './document-reader.ts';
import { Editor } from './edits.ts';
import { locateNode } from './json-node.ts';
import type { Reading } from './place.ts';
import { readPolicy } from './read-policy.ts';

const SUGGESTIONS = 20_000;

/**
 * Reads PolicyLayer's JSON policy (docs: policy.md#the-document). While the text is not JSON, only that is reported.
 * Never throws.
 */
export const readPolicylayer: DialectReader = (text, options) => {
  const report = new Report();
  const root = readDocument(text, report);
  const reading = createReading(text, report, options.compilePattern);
  const read = root === null || report.hasErrors ? null : readPolicy(reading, root);
  const policy = report.hasErrors ? null : read;
  const locate = (pointer: string) => (root === null ? null : (locateNode(root, pointer)?.range ?? null));
  return {
    dialect: 'policylayer',
    diagnostics: report.sorted(),
    policy,
    written: root === null ? null : { dialect: 'policylayer', text, root },
    locate,
    anchors: () => (policy === null ? [] : anchorsOf(policy, locate)),
  };
};

function createReading(text: string, report: Report, compilePattern: PatternCompiler): Reading {
  let editor: Editor | null = null;
  const compiled = new Map<string, ReturnType<PatternCompiler>>();
  return {
    text,
    report,
    suggestions: SUGGESTIONS,
    editor: () => (editor ??= new Editor(text)),
    compilePattern: (source) => {
      const pattern = compiled.get(source) ?? compilePattern(source);
      compiled.set(source, pattern);
      return pattern;
    },
  };
}
