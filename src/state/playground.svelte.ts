import { EngineClient, type WorkerFactory } from '../client/engine-client.ts';
import { Layout } from './layout.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';
import { RunState } from './run.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Workspace, type Work } from './workspace.svelte.ts';

function blockedBy(errors: number): string | null {
  if (errors === 0) return null;
  return errors === 1 ? 'The policy has 1 error.' : `The policy has ${errors} errors.`;
}

/** Everything the page knows, in one place; panels get the parts they draw as props. */
export class Playground {
  readonly client: EngineClient;
  readonly preferences: Preferences;
  readonly workspace: Workspace;
  readonly run: RunState;
  readonly selection: Selection;
  readonly layout = new Layout((query) => matchMedia(query));
  /** Why Run cannot be pressed now, in words to stand beside it; null when it can. */
  readonly blocked = $derived.by(() => blockedBy(this.workspace.errors.length));

  constructor(preferences: Preferences, work: Work, worker?: WorkerFactory) {
    this.preferences = preferences;
    this.client = new EngineClient(() => {
      this.run.workerLost();
      void this.workspace.recheck();
    }, worker);
    this.workspace = new Workspace(this.client, work);
    this.run = new RunState(this.client, () => this.workspace.work);
    this.selection = new Selection(this.client, this.run);
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
    if (before !== null) this.workspace.open(before);
  }

  /** Ends the worker; for tests and page teardown. */
  close(): void {
    this.client.close();
  }
}
