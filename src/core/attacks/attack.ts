import type { JsonValue } from '../json.ts';
import type { Operator } from '../policy/model.ts';
import type { Scenario } from '../scenario/model.ts';

/** A condition on arguments, as a policy writes one; `regex` is not among its operators. */
export interface ArgumentCondition {
  readonly path: string;
  readonly op: Exclude<Operator, 'regex'>;
  readonly value: JsonValue;
}

/** Calls of any of these tools (of any tool when left out), by this grant, with arguments that meet all conditions. */
export interface CallMatch {
  readonly tools?: readonly string[];
  readonly grant?: string;
  readonly where?: readonly ArgumentCondition[];
}

/** One of several forms a harmful call takes. `words` complete "it got through …": "by leaving out `reason`". */
export interface Way {
  readonly words: string;
  readonly match: CallMatch;
}

/**
 * When an attack has got through, as data: harm above `tolerated`. Harm is the number of harmful calls, or with `sumOf`
 * the sum of that argument over them. A harmful call counts once the server accepted it; with `counts: 'forwarded'` once
 * the gateway passed it on, for names that some other server may answer to.
 */
export interface Goal {
  readonly harmful: CallMatch;
  readonly counts?: 'accepted' | 'forwarded';
  /** A field of `args`. */
  readonly sumOf?: string;
  readonly tolerated: number;
  /** What harm is a number of, for one and for any other number: "ticket issued", "tickets issued". */
  readonly unit: readonly [one: string, many: string];
  readonly ways?: readonly Way[];
}

/** What both kinds of entry have: a name for programs, a title for people, and the calls. */
interface Entry {
  readonly name: string;
  readonly title: string;
  readonly scenario: Scenario;
}

/** An attack that can be run. `mechanism` is three sentences, `suffers` one; `unprotected` is the harm under a policy that allows everything. */
export interface Attack extends Entry {
  readonly mechanism: string;
  readonly suffers: string;
  readonly unprotected: number;
  readonly goal: Goal;
  /** A PolicyLayer policy, as text with 2 spaces, and one sentence on why it stops the attack. */
  readonly stoppedBy: string;
  readonly why: string;
}

/** Work that a policy should let through. Where a person is asked, they say yes after 20 s and the agent asks again. */
export interface LegitimateWork extends Entry {
  readonly about: string;
}

/** How an attack ended: harm within what is tolerated, less than half of the unprotected harm, or more. */
export type AttackKind = 'stopped' | 'limited' | 'got-through';

/** The verdict on an attack. Calls are indices into the run of its scenario; null for none. */
export interface AttackVerdict {
  readonly name: string;
  readonly kind: AttackKind;
  /** One sentence with numbers; calls in it are counted from 1. */
  readonly words: string;
  readonly harm: number;
  readonly harmfulCalls: number;
  readonly calls: number;
  readonly firstRefused: number | null;
  /** What refused that call; empty when nothing did, the pointer also for a rule without a place. */
  readonly rule: string;
  readonly pointer: string;
  /** The call to look at: the one that took the harm too far, else the first that was refused. */
  readonly evidence: number | null;
}

/** The verdict on legitimate work: `through` when each of its `planned` calls was let through in the end. */
export interface WorkVerdict {
  readonly name: string;
  readonly kind: 'through' | 'partly' | 'blocked';
  readonly words: string;
  readonly allowed: number;
  readonly planned: number;
  readonly firstRefused: number | null;
  readonly rule: string;
  readonly pointer: string;
}

/** Verdicts in the order of the catalogue, and the score: plain counts, nothing is weighted. */
export interface Scorecard {
  readonly attacks: readonly AttackVerdict[];
  readonly work: readonly WorkVerdict[];
  /** Attacks with the verdict `stopped`; a limited attack is not one. */
  readonly stopped: number;
  /** Legitimate scenarios of which every call was let through. */
  readonly letThrough: number;
}
