import type { Change } from '../../core/policy/builder/change.ts';
import type { Path } from '../../core/policy/builder/operation.ts';
import type { Scenario } from '../../core/scenario/model.ts';
import type { PolicySource } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { openStorage } from '../../state/saved-work.svelte.ts';
import { sameWork, type Work } from '../../state/workspace.svelte.ts';
import { withEdits } from '../results/text-edits.ts';
import { Inquiry } from './inquiry.svelte.ts';

const KEY = 'policy-playground/analysis';

/** Names of the sections, in the order shown. */
export const SECTIONS = ['worst-case', 'windows', 'evasions', 'dead-weight', 'coverage', 'limit'] as const;
/** One of `SECTIONS`. */
export type Section = (typeof SECTIONS)[number];

/** What the analysis sections share: what was asked, what is open, and how they change the work on screen. */
export class AnalysisDesk {
  readonly #playground: Playground;
  #open = $state.raw<readonly Section[]>(readOpen());
  /** Work that was opened from here last. */
  #opened: Work | null = null;
  readonly worstCase: Inquiry<'worst-case'>;
  readonly worstScenario: Inquiry<'worst-scenario'>;
  readonly windows: Inquiry<'windows'>;
  readonly evasions: Inquiry<'evasions'>;
  readonly deadWeight: Inquiry<'dead-weight'>;
  readonly coverage: Inquiry<'coverage'>;
  readonly covering: Inquiry<'covering'>;
  readonly limit: Inquiry<'limit'>;

  constructor(playground: Playground) {
    this.#playground = playground;
    const { client } = playground;
    this.worstCase = new Inquiry(client, 'worst-case');
    this.worstScenario = new Inquiry(client, 'worst-scenario');
    this.windows = new Inquiry(client, 'windows');
    this.evasions = new Inquiry(client, 'evasions');
    this.deadWeight = new Inquiry(client, 'dead-weight');
    this.coverage = new Inquiry(client, 'coverage');
    this.covering = new Inquiry(client, 'covering');
    this.limit = new Inquiry(client, 'limit');
  }

  isOpen(section: Section): boolean {
    return this.#open.includes(section);
  }

  /** Opens or closes a section; the browser remembers it. */
  toggle(section: Section): void {
    this.#open = this.isOpen(section) ? this.#open.filter((other) => other !== section) : [...this.#open, section];
    try {
      openStorage('localStorage')?.setItem(KEY, JSON.stringify(this.#open));
    } catch {
      // why: a full storage only forgets what was open.
    }
  }

  /** The policy as written. */
  get source(): PolicySource {
    const { dialect, policyText: text } = this.#playground.workspace;
    return { dialect, text };
  }

  /**
   * Puts a scenario in the place of the one on screen and runs it; the policy stays. One after the other, it is always a
   * person's own work that is brought back.
   */
  openScenario(title: string, scenario: Scenario): void {
    const playground = this.#playground;
    const { work } = playground.workspace;
    const earlier = playground.replaced?.before ?? null;
    const isUntouched = this.#opened !== null && sameWork(work, this.#opened);
    playground.run.replayed = null;
    const words = `Scenario ${title} opened.`;
    this.#opened = { ...work, title, scenario };
    playground.replace(this.#opened, words);
    if (earlier !== null && isUntouched) playground.replaced = { words, before: earlier };
  }

  /** Changes the policy's text, one change after the other, as one step of Undo. Says why not; null when it did. */
  async change(...changes: readonly Change[]): Promise<string | null> {
    const { workspace, client } = this.#playground;
    const { source } = this;
    let { text } = source;
    for (const change of changes) {
      const reply = await client.builder({ ...source, text }, change);
      if (reply.kind !== 'ok' || workspace.policyText !== source.text)
        return 'The policy changed meanwhile. Press again.';
      const { value } = reply;
      if (value.kind === 'refused') return `Not changed: ${value.reason}.`;
      if (value.kind !== 'edits') return 'The policy could not be read as parts. Change it in the text.';
      text = withEdits(text, value.edits);
    }
    workspace.policyText = text;
    this.#playground.edited();
    return null;
  }

  /** The way to the rule or limit a pointer names; null when the text has none there. */
  async pathOf(pointer: string): Promise<Path | null> {
    const reply = await this.#playground.client.builder(this.source);
    if (reply.kind !== 'ok' || reply.value.kind !== 'open') return null;
    const { everyTool, tools } = reply.value;
    const parts = [everyTool, ...tools].flatMap(({ rules, limits }) => [...rules, ...limits]);
    return parts.find((part) => part.pointer === pointer)?.path ?? null;
  }
}

/** Open where nothing is remembered: it needs no run, and says what a policy's author may not know. */
const OPEN_AT_FIRST: readonly Section[] = ['worst-case'];

function readOpen(): readonly Section[] {
  try {
    const kept: unknown = JSON.parse(openStorage('localStorage')?.getItem(KEY) ?? 'null');
    return Array.isArray(kept) ? SECTIONS.filter((section) => kept.includes(section)) : OPEN_AT_FIRST;
  } catch {
    return OPEN_AT_FIRST;
  }
}

const desks = new WeakMap<Playground, AnalysisDesk>();

/** The desk of a playground; it outlives the panel, so that answers are there when the tab is opened again. */
export function deskOf(playground: Playground): AnalysisDesk {
  const desk = desks.get(playground) ?? new AnalysisDesk(playground);
  desks.set(playground, desk);
  return desk;
}
