import { tick } from 'svelte';
import type { Change } from '../../../core/policy/builder/change.ts';
import type { BuilderDocument, BuilderLocked } from '../../../core/policy/builder/model.ts';
import type { Diagnostic } from '../../../core/diagnostic.ts';
import type { RunSummary } from '../../../../workers/engine-api.ts';
import type { Playground } from '../../../state/playground.svelte.ts';
import type { PolicyDesk } from '../policy-desk.svelte.ts';

/** Changes after which the paths of other parts may be others. */
const SHIFTS: ReadonlySet<Change['kind']> = new Set(['remove', 'move', 'forget', 'state', 'hide', 'approval']);

const MEANWHILE = 'The policy changed meanwhile. Nothing was done; try again.';

/**
 * The policy as forms: follows the text, and turns changes made in the forms into edits of the text, one after the other,
 * through the same editor that the text is typed in. An edit made for an older text is never applied.
 */
export class BuilderDesk {
  readonly #playground: Playground;
  readonly #desk: PolicyDesk;
  /** The newest text that could be read; it stays on screen while a newer one cannot. */
  document = $state.raw<BuilderDocument | null>(null);
  /** Why the text on screen cannot be edited here; null when it can. */
  locked = $state.raw<BuilderLocked | null>(null);
  /** Why the last change was not made; empty when it was. */
  refusal = $state('');
  /** Grows with every change that may move parts; the one of the document on screen is what its parts belong to. */
  #epoch = 0;
  #documentEpoch = 0;
  /** The text the queue knows of: read, or made by its own last edit. */
  #text: string | null = null;
  #reading = false;
  #wanted = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(playground: Playground, desk: PolicyDesk) {
    this.#playground = playground;
    this.#desk = desk;
  }

  /** Remarks of the newest check, on the text it was made for. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#desk.diagnostics;
  }

  /** The last run, as long as it was of the work on screen. */
  get summary(): RunSummary | null {
    const { run } = this.#playground;
    return run.phase === 'done' ? run.summary : null;
  }

  get desk(): PolicyDesk {
    return this.#desk;
  }

  /** Reads the text on screen; asked again meanwhile, once more afterwards. */
  async read(): Promise<void> {
    this.#wanted = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#wanted) {
      this.#wanted = false;
      await this.#readOnce();
    }
    this.#reading = false;
  }

  async #readOnce(): Promise<void> {
    const { dialect, policyText: text } = this.#playground.workspace;
    if (text !== this.#text) this.#epoch++;
    this.#text = text;
    const epoch = this.#epoch;
    const reply = await this.#playground.client.builder({ dialect, text });
    if (reply.kind !== 'ok' || this.#playground.workspace.policyText !== text) {
      // why: a restarted worker can be asked again; a newer text asks by itself.
      return;
    }
    const answer = reply.value;
    if (answer.kind === 'open') {
      const focused = document.activeElement;
      this.document = answer;
      this.locked = null;
      this.#documentEpoch = epoch;
      await tick();
      keepFocus(focused);
    } else if (answer.kind === 'locked') this.locked = answer;
    else if (answer.kind === 'failed') this.refusal = answer.message;
  }

  /** Makes a change of the document on screen as one step of Undo. False, with `refusal`, when it was not made. */
  change(change: Change): Promise<boolean> {
    const epoch = this.#documentEpoch;
    const done = this.#queue.then(() => this.#make(change, epoch));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #make(change: Change, epoch: number): Promise<boolean> {
    const { dialect, policyText: text } = this.#playground.workspace;
    if (epoch !== this.#epoch || text !== this.#text) return this.#refuse(MEANWHILE);
    const reply = await this.#playground.client.builder({ dialect, text }, change);
    if (reply.kind !== 'ok') return this.#refuse('The simulator was restarted. Try again.');
    const answer = reply.value;
    if (answer.kind === 'refused') return this.#refuse(`Not changed: ${answer.reason}.`);
    if (answer.kind !== 'edits') return this.#refuse(answer.kind === 'failed' ? answer.message : MEANWHILE);
    if (SHIFTS.has(change.kind)) this.#epoch++;
    if (answer.edits.length > 0 && !this.#desk.edit(text, answer.edits)) return this.#refuse(MEANWHILE);
    this.#text = this.#playground.workspace.policyText;
    this.refusal = '';
    await this.read();
    return true;
  }

  #refuse(words: string): false {
    this.refusal = words;
    return false;
  }
}

/** Gives the focus back to what had it when drawing anew moved it to another place of the page. */
function keepFocus(focused: Element | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (isLost && focused instanceof HTMLElement && focused.isConnected) focused.focus();
}

/** True for a remark on a part, or on something inside it. */
export function isInside(pointer: string, part: string): boolean {
  return pointer === part || (pointer.startsWith(part) && '/.['.includes(pointer[part.length] ?? ' '));
}
