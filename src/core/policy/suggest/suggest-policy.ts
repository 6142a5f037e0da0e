import { TOOL_NAMES } from '../../catalogue/tools.ts';
import type { WindowMode } from '../../engine/decision.ts';
import type { JsonObject } from '../../json.ts';
import { VERSION, type Window, WINDOW_SECONDS } from '../policylayer/vocabulary.ts';
import { ArgumentProfile } from './argument-profile.ts';
import { BusiestWindow } from './busiest-window.ts';

/** How limits are made: over which window, and how much above the busiest one, in percent. */
export interface SuggestOptions {
  readonly window: Window;
  readonly headroomPercent: number;
}

/**
 * Learns a policy of least privilege from calls: only tools that were called, only arguments like those they had, and
 * limits from the busiest window of a grant. Every call it came from is allowed by it, counted in `mode`.
 */
export class PolicySuggester {
  readonly #options: SuggestOptions;
  readonly #mode: WindowMode;
  readonly #tools = new Map<string, { readonly profile: ArgumentProfile; readonly busiest: BusiestWindow }>();

  constructor(options: SuggestOptions, mode: WindowMode) {
    this.#options = options;
    this.#mode = mode;
  }

  /** Takes in that a call was made; calls come in order of time. */
  count(tool: string, grant: string, atMs: number): void {
    this.#of(tool).busiest.add(grant, atMs);
  }

  /** Takes in what a tool was called with; the same arguments need not come twice. */
  learn(tool: string, args: JsonObject): void {
    this.#of(tool).profile.add(args);
  }

  /** The policy as JSON text with 2 spaces, tools in the order of the server, then in the order seen. */
  text(): string {
    const known = TOOL_NAMES.filter((name) => this.#tools.has(name));
    const others = [...this.#tools.keys()].filter((name) => !known.includes(name));
    const tools = Object.fromEntries([...known, ...others].map((name) => [name, this.#rulesOf(name)]));
    return JSON.stringify({ version: VERSION, default: 'deny', tools }, null, 2);
  }

  #of(tool: string) {
    let seen = this.#tools.get(tool);
    if (seen === undefined) {
      const windowMs = WINDOW_SECONDS[this.#options.window] * 1000;
      seen = { profile: new ArgumentProfile(), busiest: new BusiestWindow(windowMs, this.#mode) };
      this.#tools.set(tool, seen);
    }
    return seen;
  }

  #rulesOf(tool: string): JsonObject {
    const { window, headroomPercent } = this.#options;
    const { profile, busiest } = this.#of(tool);
    const max = Math.ceil((busiest.most * (100 + headroomPercent)) / 100);
    return { ...profile.rules(), limits: [{ counter: `${tool}_rate`, window, max, scope: 'grant' }] };
  }
}
