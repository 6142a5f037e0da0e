import type { WindowMode } from '../engine/decision.ts';
import type { Policy } from '../policy/model.ts';
import { OUTCOME_CODE } from '../simulator/columns.ts';
import type { Run } from '../simulator/run.ts';
import type { Attack, AttackKind, AttackVerdict, Goal, LegitimateWork, Scorecard, WorkVerdict } from './attack.ts';
import { type HarmReading, measureHarm } from './harm.ts';
import { playScenario } from './play.ts';

const count = (value: number): string => value.toLocaleString('en-US');

/** `30 tickets issued`. */
function amountWords(value: number, { unit }: Goal): string {
  return `${count(value)} ${value === 1 ? unit[0] : unit[1]}`;
}

function firstNotAllowed({ columns }: Run): number | null {
  const at = columns.outcome.subarray(0, columns.count).findIndex((outcome) => outcome !== OUTCOME_CODE.allow);
  return at < 0 ? null : at;
}

/** What settled a call; nothing for none. */
function ruleAt({ columns, deciders }: Run, call: number | null): { readonly rule: string; readonly pointer: string } {
  const { rule = '', pointer = '' } = (call === null ? undefined : deciders[columns.decider[call]!]) ?? {};
  return { rule, pointer };
}

function kindOf(harm: number, { goal, unprotected }: Attack): AttackKind {
  if (harm <= goal.tolerated) return 'stopped';
  return harm < unprotected / 2 ? 'limited' : 'got-through';
}

function wordsOf(
  kind: AttackKind,
  { harm, openWays }: HarmReading,
  attack: Attack,
  refused: number | null,
  run: Run,
): string {
  const amount = amountWords(harm, attack.goal);
  if (kind === 'stopped') {
    if (refused === null) return `Stopped: ${amount}`;
    const waits = run.columns.outcome[refused] === OUTCOME_CODE.approval;
    return `${waits ? 'Stopped, waiting for approval,' : 'Stopped'} at call ${count(refused + 1)}: ${amount}`;
  }
  const how = openWays.length === 0 ? '' : `, ${openWays.join(' and ')}`;
  if (kind === 'limited') return `Limited: ${count(harm)} of ${amountWords(attack.unprotected, attack.goal)}${how}`;
  return `Got through: ${amount}${how}`;
}

/**
 * Runs an attack against a policy. Stopped: harm within what its goal tolerates · limited: above that, but below half of
 * what an unprotected server suffers · got through: all else. Nobody answers when the policy asks a person. Deterministic.
 */
export function judgeAttack(policy: Policy, windows: WindowMode, attack: Attack): AttackVerdict {
  const played = playScenario(policy, attack.scenario, windows);
  const { run } = played;
  const reading = measureHarm(played, attack.goal);
  const kind = kindOf(reading.harm, attack);
  // why: what stops an attack may be a step on its way; what does not stop it is no news unless it was harmful itself.
  const firstRefused = reading.refused ?? (kind === 'stopped' ? firstNotAllowed(run) : null);
  return {
    name: attack.name,
    kind,
    words: wordsOf(kind, reading, attack, firstRefused, run),
    harm: reading.harm,
    harmfulCalls: reading.calls,
    calls: run.columns.count,
    firstRefused,
    ...ruleAt(run, firstRefused),
    evidence: reading.tooFar ?? firstRefused,
  };
}

function allowedIn({ columns }: Run): number {
  let allowed = 0;
  for (let call = 0; call < columns.count; call++) if (columns.outcome[call] === OUTCOME_CODE.allow) allowed++;
  return allowed;
}

/** The first call that was denied, or waits for a person, though nobody said yes to it in the end. */
function firstWronglyRefused(run: Run, allowed: number, planned: number): number | null {
  if (allowed >= planned) return null;
  const { outcome, count: calls } = run.columns;
  const denied = outcome
    .subarray(0, calls)
    .findIndex((code) => code === OUTCOME_CODE.deny || code === OUTCOME_CODE.hidden);
  return denied < 0 ? firstNotAllowed(run) : denied;
}

/** Runs legitimate work under a policy. A call that waited for a person and was then let through is let through. */
export function judgeWork(policy: Policy, windows: WindowMode, work: LegitimateWork): WorkVerdict {
  const { run, planned } = playScenario(policy, work.scenario, windows);
  const allowed = Math.min(allowedIn(run), planned);
  const firstRefused = firstWronglyRefused(run, allowed, planned);
  const kind = allowed === planned ? 'through' : allowed === 0 ? 'blocked' : 'partly';
  const share = `${count(allowed)} of ${count(planned)} calls let through`;
  const words = {
    through: `Let through: all ${count(planned)} calls`,
    partly: `Hindered: ${share}, call ${count((firstRefused ?? 0) + 1)} is the first that is not`,
    blocked: `Blocked: ${share}`,
  }[kind];
  return { name: work.name, kind, words, allowed, planned, firstRefused, ...ruleAt(run, firstRefused) };
}

/** Counts verdicts: attacks that were stopped, and legitimate work that was let through whole. */
export function scoreOf(attacks: readonly AttackVerdict[], work: readonly WorkVerdict[]): Scorecard {
  return {
    attacks,
    work,
    stopped: attacks.filter(({ kind }) => kind === 'stopped').length,
    letThrough: work.filter(({ kind }) => kind === 'through').length,
  };
}
