import type { WindowMode } from '../../core/engine/decision.ts';
import type { Scorecard } from '../../core/attacks/attack.ts';
import type { Scenario } from '../../core/scenario/model.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { sameWork, type Work } from '../../state/workspace.svelte.ts';

/** What verdicts depend on, besides the catalogue. */
interface Judged {
  readonly policyText: string;
  readonly dialect: Work['dialect'];
  readonly windows: WindowMode;
}

/** Verdicts of all attacks on the policy, and what became of the last attempt to get them. */
export class AttackBoard {
  readonly #playground: Playground;
  /** Grows with every attempt; what belongs to an older one is dropped. */
  #turn = 0;
  #judged = $state.raw<Judged | null>(null);
  /** Work that was opened from here last. */
  #opened: Work | null = null;
  scorecard = $state.raw<Scorecard | null>(null);
  progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
  /** Why there are no verdicts, in words; null when there are, or nobody asked. */
  failure = $state<string | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /**
   * True when the policy, or how windows count, is not what the verdicts are about any more. No `$derived`: the board
   * outlives the panel that first asks for it.
   */
  get stale(): boolean {
    const { policyText, dialect, windows } = this.#playground.workspace;
    const judged = this.#judged;
    if (judged === null) return false;
    return policyText !== judged.policyText || dialect !== judged.dialect || windows !== judged.windows;
  }

  /** Runs all attacks and all legitimate work against the policy as it stands; the newest attempt wins. */
  async run(): Promise<void> {
    const turn = ++this.#turn;
    const { workspace, client } = this.#playground;
    const { policyText, dialect, windows } = workspace.work;
    this.failure = null;
    const goOn = (done: number, total: number): boolean => {
      if (turn !== this.#turn) return false;
      this.progress = { done, total };
      return true;
    };
    const reply = await client.attacks({ dialect, text: policyText }, windows, goOn);
    if (turn !== this.#turn) return;
    this.progress = null;
    if (reply.kind !== 'ok') {
      this.failure = 'The simulator stopped and was restarted. Your work is kept.';
    } else if (reply.value.kind === 'done') {
      this.scorecard = reply.value.scorecard;
      this.#judged = { policyText, dialect, windows };
    } else if (reply.value.kind === 'failed') {
      this.failure = `The attacks could not be run. The simulator says: ${reply.value.message}`;
    }
  }

  /** Stops the attempt that is going; verdicts there were stay. */
  cancel(): void {
    this.#turn++;
    this.progress = null;
  }

  /** Puts a scenario in the place of the one on screen, runs it, and opens one of its calls. The policy stays. */
  async openScenario(title: string, scenario: Scenario, call: number | null): Promise<void> {
    const { run, selection, workspace } = this.#playground;
    run.replayed = null;
    this.#replace({ ...workspace.work, title, scenario }, `Scenario ${title} opened.`);
    if (call === null) return;
    await run.start();
    if (run.phase === 'done') await selection.open(call);
  }

  /** Puts a policy in the place of the one on screen. The scenario stays. */
  openPolicy(title: string, policyText: string): void {
    const { work } = this.#playground.workspace;
    this.#replace({ ...work, policyText, dialect: 'auto' }, `The policy that stops ${title} opened.`);
  }

  /** Replaces the work; one after the other, it is always a person's own work that is brought back. */
  #replace(work: Work, words: string): void {
    const playground = this.#playground;
    const earlier = playground.replaced?.before ?? null;
    const untouched = this.#opened !== null && sameWork(playground.workspace.work, this.#opened);
    playground.replace(work, words);
    if (earlier !== null && untouched) playground.replaced = { words, before: earlier };
    this.#opened = work;
  }
}

const boards = new WeakMap<Playground, AttackBoard>();

/** The board of a playground; it outlives the panel, so that verdicts are there when the tab is opened again. */
export function boardOf(playground: Playground): AttackBoard {
  const board = boards.get(playground) ?? new AttackBoard(playground);
  boards.set(playground, board);
  return board;
}
