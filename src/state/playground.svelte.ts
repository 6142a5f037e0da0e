import { EngineClient, type WorkerFactory } from '../client/engine-client.ts';
import { Clock } from './clock.svelte.ts';
import { Layout } from './layout.svelte.ts';
import { LinkState } from './link.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';
import { RunMark } from './run-mark.ts';
import { RunState } from './run.svelte.ts';
import { openStorage, SavedWork } from './saved-work.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Updates } from './updates.svelte.ts';
import { sameWork, Workspace, type Work } from './workspace.svelte.ts';

function blockedBy(policyErrors: number, scenarioErrors: number): string | null {
  const [what, errors] = policyErrors > 0 ? ['policy', policyErrors] : ['scenario', scenarioErrors];
  if (errors === 0) return null;
  return errors === 1 ? `The ${what} has 1 error.` : `The ${what} has ${errors} errors.`;
}

/** Work that left the screen. `isLinked`: it came from elsewhere and was edited, and becomes a project when it is back. */
export interface Replaced {
  readonly words: string;
  readonly before: Work;
  readonly isLinked?: boolean;
}

/** Everything the page knows, in one place; panels get the parts they draw as props. */
export class Playground {
  readonly client: EngineClient;
  readonly preferences: Preferences;
  readonly workspace: Workspace;
  readonly run: RunState;
  readonly selection: Selection;
  readonly clock = new Clock();
  readonly layout = new Layout((query) => matchMedia(query));
  /** What the run has come to at the clock's moment, or one just before while it moves; null for the whole run. */
  readonly now = $derived.by(() => {
    const { atMs, told } = this.clock;
    return atMs === null || told?.run !== this.run.summary ? null : told.summary;
  });
  /** Why Run cannot be pressed now, in words to stand beside it; null when it can. */
  readonly blocked = $derived.by(() =>
    blockedBy(
      this.workspace.errors.length,
      this.workspace.scenarioErrors || this.run.refusals(this.workspace.scenario),
    ),
  );
  readonly saved: SavedWork;
  readonly link: LinkState;
  readonly updates = new Updates();
  readonly mark = new RunMark(openStorage('sessionStorage'));
  /** Work that was just replaced on screen, to bring it back, and what took its place. */
  replaced = $state.raw<Replaced | null>(null);

  constructor(preferences: Preferences, work: Work, worker?: WorkerFactory) {
    this.preferences = preferences;
    const restarted = (): void => {
      this.run.workerLost();
      // why: a worker that cannot even load would be asked, lost and replaced without end.
      if (this.run.losses < 2) void this.workspace.recheck();
    };
    this.client = new EngineClient(restarted, worker, () => (this.run.isFull = true));
    this.workspace = new Workspace(this.client, work);
    this.run = new RunState(
      this.client,
      () => this.workspace.work,
      (slow) => this.mark.set(slow),
    );
    this.run.heldBack = this.mark.take();
    this.selection = new Selection(this.client, this.run);
    this.saved = new SavedWork(openStorage('localStorage'), openStorage('sessionStorage'));
    this.link = new LinkState(this.saved, {
      seed: work,
      open: (opened) => this.show(opened),
      keepEdits: (words) => (this.replaced = { words, before: this.workspace.work, isLinked: true }),
    });
  }

  /** Replaces everything on screen with `work` as the person's own doing; `words` say what it is. Can be taken back. */
  replace(work: Work, words: string): void {
    const before = this.workspace.work;
    if (!sameWork(before, work)) this.replaced = { words, before };
    this.show(work);
  }

  /** Takes back the last `replace`. */
  bringBack(): void {
    const { replaced } = this;
    this.replaced = null;
    if (replaced === null) return;
    if (replaced.isLinked === true) this.saved.adopt(replaced.before);
    this.show(replaced.before);
  }

  /** Puts work on screen and decides it. */
  show(work: Work): void {
    if (work.scenario !== this.workspace.scenario) this.run.replayed = null;
    this.workspace.open(work);
    this.selection.close();
    this.clock.atMs = null;
    void this.workspace.recheck();
    // why: what ended the tab would end it again, before anybody could make it smaller.
    if (!this.run.heldBack) void this.run.start();
  }

  /** Call after every edit of policy, scenario or windows: checks at once, runs soon. */
  edited(): void {
    void this.workspace.recheck();
    if (this.preferences.auto) this.run.startSoon();
  }

  /** Runs the present work, unless something forbids it. */
  start(): void {
    if (this.blocked === null) void this.run.start();
  }

  /** Takes back every edit made since the run on screen. */
  undoEdits(): void {
    const before = this.run.ranWork;
    if (before === null) return;
    this.workspace.open({ ...before, compare: this.workspace.compare });
    void this.workspace.recheck();
  }

  /** Ends the worker; for tests and page teardown. */
  close(): void {
    this.client.close();
  }
}
