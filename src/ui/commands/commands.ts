import { EXAMPLES } from '../../core/catalogue/examples.ts';
import { docsAddress } from '../../core/docs-address.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Tab } from '../../state/selection.svelte.ts';
import { boardOf } from '../attacks/attack-board.svelte.ts';
import { exportPolicy, exportScenario } from '../header/export-file.ts';
import { workOf } from '../header/find-example.ts';
import { openDialog } from '../kit/open-dialog.ts';
import { showResults, showTimeline } from '../results/bring-forward.ts';
import { press, pressInPolicy, showScenario } from './on-page.ts';

/** Something the page can do. */
export interface Command {
  readonly group: string;
  readonly words: string;
  /** Keys that do the same, as people read them. */
  readonly keys?: string;
  readonly run: () => unknown;
}

const TABS: readonly (readonly [Tab, string])[] = [
  ['summary', 'Summary'],
  ['findings', 'Findings'],
  ['log', 'Audit log'],
  ['agent', "Agent's view"],
  ['tickets', 'Tickets'],
  ['tests', 'Tests'],
  ['attacks', 'Attacks'],
  ['compare', 'Compare'],
];

const THEMES = ['system', 'light', 'dark'] as const;

function runCommands(playground: Playground): Command[] {
  const { run, preferences } = playground;
  const group = 'Run';
  const auto = preferences.auto;
  return [
    ...(playground.blocked === null
      ? [{ group, words: 'Run', keys: 'Ctrl/⌘ Enter', run: () => playground.start() }]
      : []),
    ...(run.slow ? [{ group, words: 'Cancel the run', run: () => run.cancel() }] : []),
    ...(run.outdated ? [{ group, words: 'Undo edits since the run', run: () => playground.undoEdits() }] : []),
    {
      group,
      words: auto ? 'Run only when Run is pressed' : 'Run by itself after edits',
      run: () => preferences.set({ auto: !auto }),
    },
  ];
}

function policyCommands(playground: Playground): Command[] {
  const group = 'Policy';
  const suggest = () => openDialog(import('../suggest/SuggestDialog.svelte'), { playground });
  return [
    { group, words: 'Format the policy', run: () => pressInPolicy(playground, '.bar button', 'Format') },
    { group, words: 'Undo in the policy', run: () => pressInPolicy(playground, '.bar button', 'Undo') },
    { group, words: 'Show the policy as forms', run: () => pressInPolicy(playground, '#policy-tab-builder') },
    { group, words: 'Show the policy as text', run: () => pressInPolicy(playground, '#policy-tab-json') },
    {
      group,
      words: 'Choose the dialect, or convert to the other…',
      run: () => pressInPolicy(playground, '.bar button', 'Dialect'),
    },
    ...((playground.run.summary?.calls ?? 0) > 0 ? [{ group, words: 'Suggest a policy…', run: suggest }] : []),
  ];
}

function scenarioCommands(playground: Playground): Command[] {
  const group = 'Scenario';
  return [
    { group, words: 'Show the scenario as rows', run: () => showScenario(playground, 'rows') },
    { group, words: 'Show the scenario as text', run: () => showScenario(playground, 'json') },
    { group, words: 'Show the world of the scenario', run: () => showScenario(playground, 'world') },
    {
      group,
      words: 'Import a trace…',
      run: () => {
        showScenario(playground, 'rows');
        requestAnimationFrame(() => press('#part-panel-run button', 'Import a trace'));
      },
    },
  ];
}

function resultCommands(playground: Playground): Command[] {
  const group = 'Results';
  const { selection, layout, run } = playground;
  const calls = run.summary?.calls ?? 0;
  const at = selection.call;
  const show = (tab: Tab): void => {
    selection.tab = tab;
    showResults(playground);
  };
  const attack = (): Promise<void> => {
    show('attacks');
    return boardOf(playground).run();
  };
  return [
    ...TABS.map(([tab, words]) => ({ group, words: `Go to ${words}`, run: () => show(tab) })),
    { group, words: 'Go to the timeline', run: () => showTimeline(playground) },
    ...(calls > 0 && at === null ? [{ group, words: 'Explain the first call', run: () => selection.open(0) }] : []),
    ...(at !== null && at + 1 < calls ? [{ group, words: 'Next call', run: () => selection.open(at + 1) }] : []),
    ...(at !== null && at > 0 ? [{ group, words: 'Previous call', run: () => selection.open(at - 1) }] : []),
    ...(at === null ? [] : [{ group, words: 'Close the call', keys: 'Esc', run: () => selection.close() }]),
    { group, words: 'Run all attacks', run: attack },
    ...(layout.mode === 'two' || layout.mode === 'docked'
      ? [
          {
            group,
            words: selection.maximised ? 'Restore results' : 'Maximise results',
            run: () => (selection.maximised = !selection.maximised),
          },
        ]
      : []),
  ];
}

function fileCommands(playground: Playground): Command[] {
  const group = 'Files and links';
  const { workspace } = playground;
  const shown = { playground };
  return [
    { group, words: 'Share…', run: () => press('header button', 'Share') },
    { group, words: 'Import a policy, a scenario or a saved file…', run: () => press('header input[type="file"]') },
    {
      group,
      words: 'Export the policy',
      run: () => exportPolicy(workspace.work, workspace.check?.dialect ?? 'policylayer'),
    },
    { group, words: 'Export the scenario', run: () => exportScenario(workspace.scenario) },
    {
      group,
      words: 'Export a k6 script…',
      run: () => openDialog(import('../k6/K6ExportDialog.svelte'), shown),
    },
    {
      group,
      words: 'History of this project…',
      run: () => openDialog(import('../projects/HistoryDialog.svelte'), shown),
    },
    { group, words: 'Projects…', run: () => openDialog(import('../projects/ProjectsDialog.svelte'), shown) },
    {
      group,
      words: 'Browse the examples…',
      run: () => openDialog(import('../gallery/GalleryDialog.svelte'), shown),
    },
  ];
}

/** Everything the page can do now, in the order of the page; what cannot be done now is left out. */
export function commandsOf(playground: Playground): Command[] {
  const { preferences } = playground;
  return [
    ...runCommands(playground),
    ...policyCommands(playground),
    ...scenarioCommands(playground),
    ...resultCommands(playground),
    ...fileCommands(playground),
    ...THEMES.filter((theme) => theme !== preferences.theme).map((theme) => ({
      group: 'Page',
      words: theme === 'system' ? 'Theme of the system' : `Theme: ${theme}`,
      run: () => preferences.set({ theme }),
    })),
    { group: 'Page', words: 'Open the docs', run: () => open(docsAddress('index'), '_blank', 'noreferrer') },
    ...EXAMPLES.map((example) => ({
      group: 'Open an example',
      words: `Open example ${example.title}`,
      run: () => playground.replace(workOf(example), `Example ${example.title} opened.`),
    })),
  ];
}
