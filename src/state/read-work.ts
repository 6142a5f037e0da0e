import type { JsonValue } from '../core/json.ts';
import { readScenario } from './read-scenario.ts';
import type { Work } from './workspace.svelte.ts';

/** What was read of a saved text. */
export interface Reading {
  readonly work: Work;
  /** True when every entry could be used. */
  readonly whole: boolean;
  /** When it was saved, in ms since the epoch; 0 where that is not said. */
  readonly atMs: number;
}

const DIALECTS = ['policylayer', 'intercept'] as const;

function isOneOf<T extends string>(value: unknown, list: readonly T[]): T | null {
  return list.find((entry) => entry === value) ?? null;
}

/** The policy to compare with; null when it does not fit. */
function readCompare(value: unknown): Work['compare'] | null {
  if (value === undefined) return value;
  const { dialect, text } = Object(value) as Readonly<Record<string, unknown>>;
  const known = isOneOf(dialect, DIALECTS);
  return known !== null && typeof text === 'string' ? { dialect: known, text } : null;
}

function parseEntries(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Reads saved work entry by entry; an entry that does not fit is `fallback`'s. Never throws. */
export function readWork(raw: string, fallback: Work): Reading {
  const found = parseEntries(raw);
  if (found === null) return { work: fallback, whole: false, atMs: 0 };
  let whole = true;
  const either = <T>(value: T | null, instead: T): T => {
    if (value === null) whole = false;
    return value ?? instead;
  };
  const { title, policyText, dialect, windows } = found;
  const scenario = readScenario((found['scenario'] ?? null) as JsonValue);
  const compared = readCompare(found['compare']);
  if (compared === null) whole = false;
  const work: Work = {
    title: either(typeof title === 'string' ? title : null, fallback.title),
    policyText: either(typeof policyText === 'string' ? policyText : null, fallback.policyText),
    dialect: either(isOneOf(dialect, ['auto', ...DIALECTS] as const), fallback.dialect),
    scenario: either(scenario.ok ? scenario.scenario : null, fallback.scenario),
    windows: either(isOneOf(windows, ['calendar', 'sliding', 'anchored'] as const), fallback.windows),
    compare: compared ?? undefined,
  };
  const { savedAt } = found;
  return { work, whole, atMs: typeof savedAt === 'number' ? savedAt : 0 };
}
