import type { WindowMode } from '../../engine/decision.ts';
import type { JsonObject } from '../../json.ts';
import type { Dialect } from '../../policy/model.ts';
import type { Scenario } from '../../scenario/model.ts';

/** Headings of the gallery, in the order shown. */
export const GROUPS = ['To start from', 'Arguments and amounts', 'Limits and windows', 'To learn from'] as const;

/** A gallery entry. `name` is what `?example=` takes, `about` two sentences, `windows` how its limits are counted. */
export interface Example {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly group: (typeof GROUPS)[number];
  readonly dialect: Dialect;
  readonly policyText: string;
  readonly scenario: Scenario;
  readonly windows: WindowMode;
}

/** A policy that denies what it does not list, as JSON text with 2 spaces; `rest` stands before `tools`. */
export function policyText(tools: JsonObject, rest: JsonObject = {}): string {
  return JSON.stringify({ version: '1', default: 'deny', ...rest, tools }, null, 2);
}

/** Arguments of an escrow that the server accepts. */
export const SAMPLE_ESCROW = { agentId: 'agent-4', target: 'agent-8', amount: 100, task: 'Translate the manual' };
