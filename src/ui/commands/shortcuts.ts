/** Keys of the page, by where they work; those of browser and system stay theirs. */
export const SHORTCUTS: readonly {
  readonly where: string;
  readonly keys: readonly { readonly keys: string; readonly does: string }[];
}[] = [
  {
    where: 'Anywhere',
    keys: [
      { keys: 'Ctrl/⌘ Enter', does: 'Run' },
      { keys: 'Esc', does: 'Close the topmost of menu, dialog, call and maximised results' },
      { keys: 'Tab', does: 'Next control; the first on the page skips to the results' },
    ],
  },
  {
    where: 'Policy and scenario as text',
    keys: [
      { keys: 'Ctrl Space', does: 'Completions' },
      { keys: 'Ctrl/⌘ .', does: 'Fixes for the problem at the caret' },
      { keys: 'Ctrl/⌘ Z', does: 'Undo' },
      { keys: 'Tab', does: 'Indent, once something was typed' },
      { keys: 'Esc', does: 'Leave the editor for its tabs' },
    ],
  },
  {
    where: 'Tabs and lists',
    keys: [
      { keys: '← →', does: 'Next and previous tab' },
      { keys: '↑ ↓', does: 'Next and previous row' },
      { keys: 'Home End', does: 'First and last' },
      { keys: 'Enter', does: 'Open the row' },
    ],
  },
  {
    where: 'Timeline',
    keys: [
      { keys: '← →', does: 'Previous and next call' },
      { keys: 'Home End', does: 'First and last call' },
      { keys: 'Enter', does: 'Explain the call' },
      { keys: 'Shift ← →', does: 'Select a stretch' },
      { keys: '+ −', does: 'Zoom' },
    ],
  },
  {
    where: 'Bars between panes',
    keys: [
      { keys: '← → ↑ ↓', does: 'Move by 16 px' },
      { keys: 'Home End', does: 'Smallest and largest' },
    ],
  },
];
