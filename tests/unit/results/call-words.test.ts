import { describe, expect, it } from 'vitest';
import {
  conditionText,
  fateText,
  hasTicket,
  heldText,
  lateExample,
  retryText,
  ruleVerdict,
  sawText,
  upstreamText,
  windowText,
} from '../../../src/ui/results/call-words.ts';
import type { ConditionReading, Explanation, HeldAmount } from '../../../workers/engine-api.ts';

const MIDNIGHT = Date.UTC(2026, 0, 2);

function reading(saw: ConditionReading['saw'], holds = false): ConditionReading {
  return { path: 'args.validitySeconds', op: 'gt', value: 900, saw, holds, pointer: '' };
}
function rule(holds: boolean, conditions: number) {
  const all = Array.from({ length: conditions }, () => reading({ kind: 'missing' }));
  return { rule: '', pointer: '', holds, conditions: all };
}

describe('a condition', () => {
  it('is told as it is written, with what it saw', () => {
    expect(conditionText(reading({ kind: 'missing' }))).toBe('args.validitySeconds gt 900');
    expect(sawText(reading({ kind: 'missing' }))).toBe('missing');
    expect(sawText(reading({ kind: 'value', value: '900' }))).toBe('"900"');
    expect(sawText(reading({ kind: 'value', value: null }))).toBe('null');
  });
});

describe('a rule', () => {
  it.each([
    ['deny_if', false, 1, 'False, so the call passes.'],
    ['deny_if', true, 1, 'True, so the call is denied.'],
    ['deny_if', true, 0, 'No conditions, so the call is denied.'],
    ['deny_if', false, 2, 'Not all hold, so the call passes.'],
    ['require', true, 1, 'True, so the call passes.'],
    ['require', false, 2, 'Not all hold, so the call is denied.'],
    ['require', true, 0, 'No conditions, so the call passes.'],
  ] as const)('%s that holds %s with %i conditions', (step, holds, conditions, words) => {
    expect(ruleVerdict(step, rule(holds, conditions))).toBe(words);
  });
});

describe('a window', () => {
  const counter = {
    rule: '',
    pointer: '',
    counter: 'rate',
    scope: 'grant',
    usedBefore: 0,
    amount: 1,
    usedAfter: 1,
    max: 30,
    windowMs: 60_000,
    windowStartMs: MIDNIGHT - 60_000,
    windowEndMs: MIDNIGHT,
    fits: true,
  } as const;

  it('is told from start to end', () => {
    expect(windowText(counter)).toBe('23:59:00.000 to 00:00:00.000');
  });

  it('names its days when it is longer than an hour', () => {
    const day = { ...counter, windowMs: 86_400_000, windowStartMs: MIDNIGHT - 86_400_000 };
    expect(windowText(day)).toBe('1 Jan 00:00:00.000 to 2 Jan 00:00:00.000');
  });

  it('has only a length when it slides', () => {
    expect(windowText({ ...counter, windowEndMs: null })).toBe('the last 1 min, sliding');
  });

  it('says when to try again', () => {
    expect(retryText(MIDNIGHT - 800, MIDNIGHT)).toEqual({ at: '2 Jan 00:00:00.000', in: 'in 800 ms' });
    expect(retryText(MIDNIGHT, MIDNIGHT + 1000)).toEqual({ at: '00:00:01.000', in: 'in 1 s' });
    expect(retryText(MIDNIGHT, null).at).toBe('Never');
  });
});

describe('the upstream', () => {
  it.each([
    [null, 'not reached'],
    [{ status: 'ok', latencyMs: 0 }, 'answered at once'],
    [{ status: 'tool_error', latencyMs: 20 }, 'answered with a tool error after 20 ms'],
    [{ status: 'timeout', latencyMs: 3000 }, 'did not answer after 3 s'],
  ] as const)('%o', (upstream, words) => {
    expect(upstreamText({ upstream })).toBe(words);
  });

  it('gave a ticket only when it says so', () => {
    const call = {
      tool: 'issue_audit_ticket',
      outcome: 'allow',
      agentMessage: { result: { structuredContent: { success: true } } },
      upstream: { status: 'ok', latencyMs: 0 },
    } as const;
    const says = (change: Partial<Pick<Explanation, 'tool' | 'outcome' | 'upstream' | 'agentMessage'>>): boolean =>
      hasTicket({ ...call, ...change });
    expect(says({})).toBe(true);
    const refused = { result: { structuredContent: { success: false, error: 'unknown agent' } } };
    expect(says({ agentMessage: refused })).toBe(false);
    expect(says({ outcome: 'deny', upstream: null })).toBe(false);
    expect(says({ tool: 'create_escrow' })).toBe(false);
    expect(says({ upstream: { status: 'tool_error', latencyMs: 0 } })).toBe(false);
  });
});

describe('an amount that was held', () => {
  const held: HeldAmount = {
    pointer: '',
    amount: 4,
    fromMs: MIDNIGHT - 10_000,
    untilMs: MIDNIGHT - 9500,
    fate: 'kept',
    returned: 0,
    usedAfter: null,
  };
  const answered = { upstream: { status: 'ok', latencyMs: 0 } } as const;
  const failed = { upstream: { status: 'tool_error', latencyMs: 0 } } as const;

  it('says how long, unless the answer came at once', () => {
    expect(heldText(held)).toBe('4 for 500 ms, until 23:59:50.500');
    expect(heldText({ ...held, untilMs: MIDNIGHT })).toBe('4 for 10 s, until 2 Jan 00:00:00.000');
    expect(heldText({ ...held, untilMs: held.fromMs })).toBeNull();
  });

  it('says what became of it, and where to see what comes too late', () => {
    expect(fateText(held, answered)).toBe('Kept: the server answered');
    expect(fateText(held, failed)).toBe('Kept: only a JSON-RPC error gives it back');
    const back = { ...held, returned: 4, usedAfter: 5 };
    expect(fateText({ ...back, fate: 'returned' }, failed)).toBe(
      '4 given back to the window it was taken from, 5 used then',
    );
    expect(fateText({ ...back, fate: 'moved' }, failed)).toBe(
      'Its window was over, so 4 was subtracted from the present one, 5 used then',
    );
    expect(fateText({ ...back, fate: 'moved', returned: 0 }, failed)).toBe(
      'Its window was over and the counter held nothing, so nothing changed',
    );
    expect(fateText({ ...held, fate: 'lost' }, failed)).toBe('Not given back: the window it was taken from was over');
    const examples = (['kept', 'returned', 'lost', 'moved'] as const).map((fate) => lateExample({ ...held, fate }));
    expect(examples).toEqual([null, null, 'late-answers', 'late-answers-intercept']);
  });
});
