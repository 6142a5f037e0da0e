import type { Outcome } from '../engine/decision.ts';
import { grouped, quoted } from '../policy/wording.ts';
import { durationMs, formatDuration } from './duration.ts';
import type { Assertion, CountAssertion, DecisionAssertion } from './model.ts';

const IS = { allow: 'allowed', deny: 'denied', approval: 'held for approval' } as const;

/**
 * An assertion as a sentence without its full stop, names between backticks: "At most 30 allowed calls of `x` in any
 * 1 min", "Call 32 is denied". Calls are counted from 1 here, from 0 in the document.
 */
export function describeAssertion(assertion: Assertion): string {
  return assertion.that === 'decision' ? describeDecision(assertion) : describeCount(assertion);
}

function describeDecision({ call, is, rule }: DecisionAssertion): string {
  return `Call ${grouped(call + 1)} is ${IS[is]}${by(rule)}`;
}

function describeCount(assertion: CountAssertion): string {
  const { tool, grant, outcome, rule } = assertion.where ?? {};
  const single = (assertion.atMost ?? assertion.atLeast ?? assertion.exactly) === 1;
  const calls = single ? 'call' : 'calls';
  const of = tool === undefined ? '' : ` of ${quoted(tool)}`;
  const from = grant === undefined ? '' : ` from ${quoted(grant)}`;
  const over = assertion.within === undefined ? 'in the run' : `in any ${formatDuration(durationMs(assertion.within))}`;
  return `${boundsOf(assertion)} ${nounOf(outcome, calls)}${of}${from}${by(rule)} ${over}`;
}

function nounOf(outcome: Outcome | undefined, calls: string): string {
  if (outcome === 'approval') return `${calls} held for approval`;
  return outcome === undefined ? calls : `${IS[outcome]} ${calls}`;
}

function by(rule: string | undefined): string {
  if (rule === undefined) return '';
  return rule === '' ? ' by no rule' : ` by ${quoted(rule)}`;
}

function boundsOf({ atMost, atLeast, exactly }: CountAssertion): string {
  const bounds = [
    ['exactly', exactly],
    ['at least', atLeast],
    ['at most', atMost],
  ] as const;
  const words = bounds.flatMap(([word, bound]) => (bound === undefined ? [] : [`${word} ${grouped(bound)}`]));
  const sentence = words.join(' and ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
