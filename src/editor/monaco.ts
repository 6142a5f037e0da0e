// Only the parts of Monaco that the page uses; each import adds one feature to every editor.
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/snippet/register';
// why: the entry named after the feature brings inline suggestions only.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/wordOperations/register';
import { editor, KeyCode, languages, MarkerSeverity, Range, Selection, Uri } from 'monaco-editor/editor';
import { tokenizeLine } from './tokens.ts';

export { editor, KeyCode, languages, MarkerSeverity, Range, Selection, Uri };

/** Language ids of policies as the two dialects write them. */
export const JSON_POLICY = 'policy-json';
export const YAML_POLICY = 'policy-yaml';
/** Name of the theme that `defineTheme` keeps in step with the page's tokens. */
export const THEME = 'playground';

class LineState implements languages.IState {
  constructor(readonly inComment: boolean) {}
  clone(): this {
    return this;
  }
  equals(other: languages.IState): boolean {
    return other instanceof LineState && other.inComment === this.inComment;
  }
}

/** A line that ends with a name and its colon opens a deeper block. */
const AFTER_NAME = [
  { beforeText: /^\s*(?:- +)*[^\s#][^#]*:\s*$/, action: { indentAction: languages.IndentAction.Indent } },
];

/** Makes both languages known: colours, brackets, comments. Once a page. */
export function registerLanguages(): void {
  for (const id of [JSON_POLICY, YAML_POLICY]) {
    languages.register({ id });
    languages.setTokensProvider(id, {
      getInitialState: () => new LineState(false),
      tokenize(line, state) {
        const { tokens, inComment } = tokenizeLine(
          line,
          id === YAML_POLICY,
          state instanceof LineState && state.inComment,
        );
        return {
          tokens: tokens.map(({ from, type }) => ({ startIndex: from, scopes: type })),
          endState: new LineState(inComment),
        };
      },
    });
    languages.setLanguageConfiguration(id, {
      brackets: [
        ['{', '}'],
        ['[', ']'],
      ],
      autoClosingPairs: [
        { open: '{', close: '}', notIn: ['string'] },
        { open: '[', close: ']', notIn: ['string'] },
        { open: '"', close: '"', notIn: ['string'] },
      ],
      comments: id === YAML_POLICY ? { lineComment: '#' } : { lineComment: '//', blockComment: ['/*', '*/'] },
      wordPattern: /[\w$.-]+/,
      ...(id === YAML_POLICY ? { onEnterRules: AFTER_NAME } : {}),
    });
  }
}

/** A colour as the editor takes it: minified styles write `#fff` where the source says `#ffffff`. */
function sixDigits(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
}

/** Takes the editor's colours from the page's tokens as they are now, and puts them on. */
export function defineTheme(): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => sixDigits(style.getPropertyValue(`--${name}`).trim());
  const bare = (name: string): string => token(name).slice(1);
  editor.defineTheme(THEME, {
    base: document.documentElement.dataset['theme'] === 'dark' ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: bare('ink') },
      { token: 'key', foreground: bare('ink') },
      { token: 'string', foreground: bare('accent-text') },
      { token: 'number', foreground: bare('ink'), fontStyle: 'bold' },
      { token: 'word', foreground: bare('ink'), fontStyle: 'bold' },
      { token: 'comment', foreground: bare('ink3'), fontStyle: 'italic' },
      { token: 'mark', foreground: bare('ink3') },
    ],
    colors: {
      'editor.background': token('surface'),
      'editor.foreground': token('ink'),
      'editorCursor.foreground': token('ink'),
      'editor.lineHighlightBackground': token('sunken'),
      'editor.lineHighlightBorder': '#00000000',
      'editorLineNumber.foreground': token('ink3'),
      'editorLineNumber.activeForeground': token('ink'),
      'editor.selectionBackground': token('accent-line'),
      'editor.inactiveSelectionBackground': token('accent-bg'),
      'editor.findMatchBackground': token('warn-line'),
      'editor.findMatchHighlightBackground': token('warn-bg'),
      'editorBracketMatch.background': token('hover'),
      'editorBracketMatch.border': token('ctl'),
      'editorIndentGuide.background1': token('line'),
      'editorIndentGuide.activeBackground1': token('line2'),
      'editorError.foreground': token('deny'),
      'editorWarning.foreground': token('warn'),
      'editorInfo.foreground': token('ink3'),
      'editorWidget.background': token('raised'),
      'editorWidget.foreground': token('ink'),
      'editorWidget.border': token('line2'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.border': token('line2'),
      'editorHoverWidget.foreground': token('ink'),
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.border': token('line2'),
      'editorSuggestWidget.foreground': token('ink'),
      'editorSuggestWidget.selectedBackground': token('accent-bg'),
      'editorSuggestWidget.selectedForeground': token('ink'),
      'editorSuggestWidget.highlightForeground': token('accent-text'),
      'editorSuggestWidget.focusHighlightForeground': token('accent-text'),
      'editorActionList.background': token('raised'),
      'editorActionList.foreground': token('ink'),
      'editorActionList.focusBackground': token('accent-bg'),
      'editorActionList.focusForeground': token('ink'),
      'editor.snippetTabstopHighlightBackground': token('hover'),
      'editor.snippetFinalTabstopHighlightBorder': '#00000000',
      'textCodeBlock.background': token('sunken'),
      'widget.shadow': '#00000000',
      'menu.background': token('raised'),
      'menu.foreground': token('ink'),
      'menu.selectionBackground': token('hover'),
      'menu.selectionForeground': token('ink'),
      'menu.separatorBackground': token('line'),
      'input.background': token('surface'),
      'input.foreground': token('ink'),
      'input.border': token('ctl'),
      'inputOption.activeBackground': token('accent-bg'),
      'inputOption.activeForeground': token('accent-text'),
      'inputOption.activeBorder': token('accent'),
      // why: text keeps its contrast on these grounds only; what changed within a line is underlined (see diff-editor.css).
      'diffEditor.insertedLineBackground': token('accent-bg'),
      'diffEditor.insertedTextBackground': '#00000000',
      'diffEditor.removedLineBackground': token('warn-bg'),
      'diffEditor.removedTextBackground': '#00000000',
      'diffEditor.diagonalFill': '#00000000',
      'diffEditor.border': token('line2'),
      'diffEditorOverview.insertedForeground': token('accent'),
      'diffEditorOverview.removedForeground': token('warn'),
      focusBorder: token('accent'),
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${token('ctl')}66`,
      'scrollbarSlider.hoverBackground': `${token('ctl')}99`,
      'scrollbarSlider.activeBackground': `${token('ctl')}cc`,
      'textLink.foreground': token('accent-text'),
    },
  });
  editor.setTheme(THEME);
}
