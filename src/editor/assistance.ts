import type { Completion } from '../core/policy/assist/completion.ts';
import type { HoverText } from '../core/policy/assist/hover-at.ts';
import type { Assistance } from './handle.ts';
import { type editor, JSON_POLICY, languages, Range, YAML_POLICY } from './monaco.ts';

type Model = editor.ITextModel;

const LANGUAGES = [JSON_POLICY, YAML_POLICY];

/** Who helps with each model. */
const helpers = new WeakMap<Model, Assistance>();

/** Makes `assistance` answer for a model. */
export function assistModel(model: Model, assistance: Assistance): void {
  helpers.set(model, assistance);
}

const KINDS: Readonly<Record<Completion['kind'], languages.CompletionItemKind>> = {
  field: languages.CompletionItemKind.Field,
  tool: languages.CompletionItemKind.Function,
  operator: languages.CompletionItemKind.Operator,
  path: languages.CompletionItemKind.Variable,
  word: languages.CompletionItemKind.Value,
  counter: languages.CompletionItemKind.Constant,
  rule: languages.CompletionItemKind.Snippet,
};

function rangeOf(model: Model, { start, end }: { readonly start: number; readonly end: number }): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

function itemOf(model: Model, completion: Completion, index: number, range: Range): languages.CompletionItem {
  const { label, insert, filter, detail, documentation, kind, before, again } = completion;
  return {
    label: detail === '' ? label : { label, description: detail },
    kind: KINDS[kind],
    insertText: insert,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    filterText: filter,
    sortText: String(index).padStart(4, '0'),
    documentation,
    range,
    ...(before === null ? {} : { additionalTextEdits: [{ range: rangeOf(model, before.range), text: before.text }] }),
    ...(again ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
  };
}

/**
 * True when a character that was just typed begins something to complete; most do not, and the worker is not asked then.
 * `before` and `after` are the line on both sides of the caret.
 */
export function opensCompletion(typed: string, before: string, after: string, yaml: boolean): boolean {
  const isInText = (before.match(/(?<!\\)"/g) ?? []).length % 2 === 1;
  if (typed === '"') return isInText && (after === '' || after.startsWith('"') || /^[\s,\]}]/.test(after));
  if (typed === '.') return /\b(?:args|state(?:\.[\w*-]+)?)\.$/.test(before);
  if (yaml) return /(?::|-) $/.test(before) && !isInText;
  return !isInText && /":\s?$/.test(before);
}

/** Markdown that shows a text as it is, apart from `code`. */
export function plainMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&')))
    .join('');
}

/** What a hover says, as Monaco shows it: the title in bold, facts as a list. */
function contentsOf({ lines }: HoverText): { readonly value: string }[] {
  const words = lines.map(({ kind, text }) => {
    if (kind === 'title') return `**${plainMarkdown(text)}**`;
    return kind === 'fact' ? `- ${plainMarkdown(text)}` : plainMarkdown(text);
  });
  return [{ value: words.join('\n\n').replaceAll(/(\n- [^\n]*)\n(?=\n- )/g, '$1') }];
}

/** Completion and hover for both languages, answered by the worker. Once a page. */
export function provideAssistance(): void {
  languages.registerCompletionItemProvider(LANGUAGES, {
    triggerCharacters: ['"', ':', ' ', '.'],
    async provideCompletionItems(model, position, { triggerCharacter }) {
      const helper = helpers.get(model);
      const line = model.getLineContent(position.lineNumber);
      const [before, after] = [line.slice(0, position.column - 1), line.slice(position.column - 1)];
      const isYaml = model.getLanguageId() === YAML_POLICY;
      const isAsked = triggerCharacter === undefined || opensCompletion(triggerCharacter, before, after, isYaml);
      if (helper === undefined || !isAsked) return { suggestions: [] };
      const offset = model.getOffsetAt(position);
      // why: the editor may ask before the page has heard of the key that was just pressed.
      await Promise.resolve();
      const completions = await helper.complete(offset);
      if (model.isDisposed()) return { suggestions: [] };
      // why: the editor moves ranges along with what was typed since it asked, so they stand as they did then.
      const { lineNumber, column } = position;
      const rangeThen = ({ range: { start, end } }: Completion): Range =>
        new Range(
          lineNumber,
          Math.max(1, column + start - offset),
          lineNumber,
          Math.max(column, column + end - offset),
        );
      return {
        suggestions: completions.map((completion, index) => itemOf(model, completion, index, rangeThen(completion))),
      };
    },
  });
  languages.registerHoverProvider(LANGUAGES, {
    async provideHover(model, position) {
      const version = model.getVersionId();
      const hover = await helpers.get(model)?.hover(model.getOffsetAt(position));
      if (!hover || model.isDisposed() || model.getVersionId() !== version) return null;
      return { range: rangeOf(model, hover.range), contents: contentsOf(hover) };
    },
  });
}

/** The same help without a pointer, in the context menu; a press on a result at a line's end shows its calls. */
export function addAssistActions(code: editor.IStandaloneCodeEditor, model: Model, assistance: Assistance): void {
  const add = (id: string, label: string, order: number, run: () => void): void => {
    code.addAction({ id, label, contextMenuGroupId: 'navigation', contextMenuOrder: order, run });
  };
  add('playground.complete', 'Complete', 1, () => code.trigger('menu', 'editor.action.triggerSuggest', {}));
  add('playground.explain', 'Explain', 2, () => {
    code.trigger('menu', 'editor.action.showHover', { focus: 'autoFocusImmediately' });
  });
  if (assistance.showCalls === undefined) return;
  add('playground.calls', 'Show calls of this rule', 3, () => {
    const position = code.getPosition();
    if (position !== null) assistance.showCalls?.(model.getOffsetAt(position));
  });
  code.onMouseDown(({ target, event }) => {
    const isResult = target.element?.classList.contains('result-hint') ?? false;
    if (!isResult || !event.leftButton || target.position === null) return;
    const { lineNumber } = target.position;
    assistance.showCalls?.(
      model.getOffsetAt({ lineNumber, column: model.getLineFirstNonWhitespaceColumn(lineNumber) || 1 }),
    );
  });
}
