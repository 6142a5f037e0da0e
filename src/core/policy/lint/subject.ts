import type { Tool, ToolField } from '../../catalogue/tools.ts';
import type { Diagnostic, Fix, Range } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import type { Policy, Rule, ToolPolicy } from '../model.ts';
import { LINT_CODES, type LintCode } from './codes.ts';
import type { Page } from './page.ts';

/** Comparisons still affordable for one text, so that no text costs more than a linear amount of work. */
const SUGGESTIONS = 20_000;
const PAIRS = 50_000;

/** A policy being looked at: what it says, where it says so, and the server it is for. Collects the remarks. */
export class Subject {
  readonly policy: Policy;
  readonly page: Page;
  /** By name; null when the server is not known. */
  readonly tools: ReadonlyMap<string, Tool> | null;
  readonly diagnostics: Diagnostic[] = [];
  #suggestions = SUGGESTIONS;
  #pairs = PAIRS;
  #hidden: ReadonlySet<string> | null = null;

  constructor(policy: Policy, page: Page, tools: readonly Tool[] | null) {
    this.policy = policy;
    this.page = page;
    this.tools = tools === null ? null : new Map(tools.map((tool) => [tool.name, tool]));
  }

  /** Remarks on a place; not at all where the text has no such place. Severity comes from the code's table entry. */
  add(code: LintCode, at: { pointer: string; range: Range | null }, message: string, ...fixes: readonly Fix[]): void {
    const { pointer, range } = at;
    if (range === null) return;
    const severity = LINT_CODES[code];
    this.diagnostics.push({ code, severity, message, range, pointer, ...(fixes.length > 0 ? { fixes } : {}) });
  }

  /** The nearest of `known`, while suggestions last. */
  nearest(name: string, known: readonly string[]): string | null {
    if (this.#suggestions < known.length) return null;
    this.#suggestions -= known.length;
    return nearestName(name, known);
  }

  /** False once too many pairs of rules, of limits or of conditions were compared; `pairs` is how many come now. */
  mayCompare(pairs: number): boolean {
    this.#pairs -= pairs;
    return this.#pairs >= 0;
  }

  /** Comparisons made so far. */
  get compared(): number {
    return Math.min(PAIRS, PAIRS - this.#pairs);
  }

  /** Whether calls of the tool get as far as its rules. */
  isHidden(tool: string): boolean {
    this.#hidden ??= new Set(this.policy.hide.map(({ name }) => name));
    return this.#hidden.has(tool) || this.#hidden.has('*');
  }
  /** The field of the server's tool that a path begins with; null for another tool's, and when the server is not known. */
  fieldOf(tool: string, segments: readonly string[]): ToolField | null {
    return this.tools?.get(tool)?.fields.find(({ name }) => name === segments[0]) ?? null;
  }
}

/** Looks at one side of a policy. */
export type Lint = (subject: Subject) => void;

/** Whether a tool's rules deny every call, whatever its arguments. */
export function deniesAll({ rules }: ToolPolicy): boolean {
  return rules.some(isDenyAll);
}

/** A rule that denies every call that reaches it. */
export function isDenyAll({ kind, conditions }: Rule): boolean {
  return kind === 'deny_if' && conditions.length === 0;
}

/** Every part of a policy that has rules or limits: its tools, then what holds for all; Intercept's `*` once. */
export function partsOf({ tools, everyTool, dialect }: Policy): readonly ToolPolicy[] {
  // why: Intercept's `everyTool` is its tool `*`, which is among the tools.
  return everyTool === null || dialect === 'intercept' ? [...tools.values()] : [...tools.values(), everyTool];
}
