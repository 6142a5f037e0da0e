import { describe, expect, test } from 'vitest';
import { judgeAttack, judgeWork, scoreOf } from '../../../src/core/attacks/judge.ts';
import { playScenario } from '../../../src/core/attacks/play.ts';
import { LEGITIMATE_WORK } from '../../../src/core/catalogue/attacks/legitimate.ts';
import { ATTACKS } from '../../../src/core/catalogue/attacks/list.ts';
import { recommendedPolicyText } from '../../../src/core/catalogue/recommended.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { guardInput, guardTool, redactOutput } from '../../../src/core/upstream/guard.ts';
import { ALLOW_ALL, LOCKDOWN, readPolicy } from './read-policy.ts';

/** Verdicts of a policy, by name. */
function verdictsOf(policy: Policy): Record<string, string> {
  return Object.fromEntries(ATTACKS.map((attack) => [attack.name, judgeAttack(policy, 'calendar', attack).words]));
}

/** The whole score of a policy. */
function scoreWith(policy: Policy) {
  return scoreOf(
    ATTACKS.map((attack) => judgeAttack(policy, 'calendar', attack)),
    LEGITIMATE_WORK.map((work) => judgeWork(policy, 'calendar', work)),
  );
}

/** What each attack comes to where nothing is denied. */
const UNPROTECTED = {
  'runaway-loop': 'Got through: 10,000 tickets issued',
  'retry-storm': 'Got through: 400 escrows for one task',
  'ping-pong': 'Got through: 12,000 calls of the loop',
  'boundary-burst': 'Got through: 60 tickets issued',
  'grant-hopping': 'Got through: 250 tickets issued',
  'session-hopping': 'Got through: 200 tickets issued',
  'ticket-hoarding': 'Got through: 80 tickets issued',
  'escrow-drain': 'Got through: 49,500 set aside in escrows',
  'negative-escrow': 'Got through: 4 escrows of 0 or less',
  'weakened-guard': 'Got through: 6 checks under the agent’s own rules',
  'reads-into-writes': 'Got through: 3 writes after the injection',
  'confused-deputy': 'Got through: 20,000 set aside for agent-9',
  'kill-switch-abuse': 'Got through: 10 agents stopped',
  'chained-reads': 'Got through: 1,152 reads answered',
  'name-squatting': 'Got through: 20 calls passed on under a look-alike name',
};

/** What each attack comes to under the policy that stops it. */
const STOPPED = {
  'runaway-loop': 'Stopped at call 31: 30 tickets issued',
  'retry-storm': 'Stopped at call 6: 5 escrows for one task',
  'ping-pong': 'Stopped at call 1,001: 1,000 calls of the loop',
  'boundary-burst': 'Stopped at call 16: 30 tickets issued',
  'grant-hopping': 'Stopped, waiting for approval, at call 1: 0 tickets issued',
  'session-hopping': 'Stopped at call 31: 30 tickets issued',
  'ticket-hoarding': 'Stopped at call 1: 0 tickets issued',
  'escrow-drain': 'Stopped at call 51: 4,950 set aside in escrows',
  'negative-escrow': 'Stopped at call 2: 0 escrows of 0 or less',
  'weakened-guard': 'Stopped at call 2: 0 checks under the agent’s own rules',
  'reads-into-writes': 'Stopped at call 5: 0 writes after the injection',
  'confused-deputy': 'Stopped at call 4: 0 set aside for agent-9',
  'kill-switch-abuse': 'Stopped, waiting for approval, at call 1: 0 agents stopped',
  'chained-reads': 'Stopped at call 151: 150 reads answered',
  'name-squatting': 'Stopped at call 6: 0 calls passed on under a look-alike name',
};

/** What each attack comes to under the rules the vendor's catalogue recommends. */
const RECOMMENDED = {
  ...UNPROTECTED,
  'runaway-loop': 'Stopped at call 31: 30 tickets issued',
  'retry-storm': 'Limited: 30 of 400 escrows for one task',
  'session-hopping': 'Stopped at call 31: 30 tickets issued',
  'name-squatting': 'Stopped at call 6: 0 calls passed on under a look-alike name',
};

/** Legitimate calls that are let through under the policies that forbid some of them; all others let through all. */
const FORBIDS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'reads-into-writes': { 'settlement-morning': 16, onboarding: 1, 'ticket-use': 0 },
};

const WORK_CALLS = {
  'settlement-morning': 32,
  'discovery-crawl': 49,
  onboarding: 21,
  'ticket-use': 24,
  'guard-use': 50,
};

describe('the catalogue', () => {
  test('has fifteen attacks and five pieces of work, each with a name of its own', () => {
    expect(ATTACKS.map(({ name }) => name)).toEqual(Object.keys(UNPROTECTED));
    expect(LEGITIMATE_WORK.map(({ name }) => name)).toEqual(Object.keys(WORK_CALLS));
  });

  test.each(ATTACKS)('$name is explained in three sentences, and its harm and remedy in one', (attack) => {
    expect(attack.mechanism.match(/[.](?= [A-Z]|$)/g)).toHaveLength(3);
    for (const text of [attack.suffers, attack.why]) expect(text.match(/[.](?= [A-Z]|$)/g)).toHaveLength(1);
  });

  test.each([...ATTACKS, ...LEGITIMATE_WORK])('the scenario of $name has no errors', ({ name, scenario }) => {
    const { diagnostics } = checkScenario(scenario);
    const known = name === 'name-squatting' ? ['unknown-tool'] : [];
    expect(diagnostics.filter(({ code }) => !known.includes(code))).toEqual([]);
  });

  test.each(ATTACKS)('the policy that stops $name reads without a remark', ({ stoppedBy }) => {
    expect(readPolicy(stoppedBy).dialect).toBe('policylayer');
    expect(stoppedBy).toBe(JSON.stringify(JSON.parse(stoppedBy), null, 2));
  });
});

describe('where nothing is denied', () => {
  test('every attack gets through', () => {
    expect(verdictsOf(ALLOW_ALL)).toEqual(UNPROTECTED);
  });

  test.each(ATTACKS)('the harm of $name is what its entry says', (attack) => {
    const { harm, kind, firstRefused, rule, evidence } = judgeAttack(ALLOW_ALL, 'calendar', attack);
    expect(harm).toBe(attack.unprotected);
    expect(harm).toBeGreaterThan(attack.goal.tolerated);
    expect([kind, firstRefused, rule]).toEqual(['got-through', null, '']);
    expect(evidence).not.toBeNull();
  });

  test('all legitimate work is done', () => {
    const { letThrough, stopped, work } = scoreWith(ALLOW_ALL);
    expect([letThrough, stopped]).toEqual([5, 0]);
    expect(Object.fromEntries(work.map(({ name, allowed }) => [name, allowed]))).toEqual(WORK_CALLS);
  });

  test('the server answers every call of legitimate work', () => {
    for (const { name, scenario } of LEGITIMATE_WORK) {
      const { columns } = playScenario(ALLOW_ALL, scenario, 'calendar').run;
      expect([name, [...columns.status.subarray(0, columns.count)].filter((status) => status !== 1)]).toEqual([
        name,
        [],
      ]);
    }
  });

  test('guards find nothing under the agent’s own rules, and everything under the server’s', () => {
    const { scenario } = ATTACKS.find(({ name }) => name === 'weakened-guard')!;
    const { run } = playScenario(ALLOW_ALL, scenario, 'calendar');
    const answers = Array.from({ length: run.columns.count }, (_, call) => {
      const { input = '', tool = '', args = null, policy } = run.table.argsAt(run.columns.args[call]!);
      if (typeof input !== 'string' || typeof tool !== 'string') throw new TypeError('texts are guarded');
      const own = [guardInput(input, policy).classification, redactOutput(input, policy).redacted];
      return tool === '' ? own : [guardTool(tool, args, policy).allowed, guardTool(tool, args, undefined).allowed];
    });
    expect(answers[0]?.[0]).toBe('block');
    for (const call of [1, 2]) expect(answers[call]?.[0]).toBe('pass');
    for (const call of [3, 4]) expect(answers[call]?.[1]).toBe('Card 4111 1111 1111 1111');
    for (const call of [5, 6]) expect(answers[call]).toEqual([true, false]);
    expect(redactOutput('Card 4111 1111 1111 1111', undefined).redacted).toBe('Card [CREDIT_CARD]');
  });

  test('agents whose kill switch was abused get no ticket any more', () => {
    const abuse = ATTACKS.find(({ name }) => name === 'kill-switch-abuse')!;
    expect(playScenario(ALLOW_ALL, abuse.scenario, 'calendar').tickets.size).toBe(0);
    const guarded = playScenario(readPolicy(abuse.stoppedBy), abuse.scenario, 'calendar');
    expect(guarded.tickets.size).toBe(10);
  });
});

describe('the policy that stops an attack', () => {
  test('stops it', () => {
    const own = ATTACKS.map((attack): [string, string] => [
      attack.name,
      judgeAttack(readPolicy(attack.stoppedBy), 'calendar', attack).words,
    ]);
    expect(Object.fromEntries(own)).toEqual(STOPPED);
  });

  test.each(ATTACKS)('lets all work through that does not need what it forbids: $name', ({ name, stoppedBy }) => {
    const policy = readPolicy(stoppedBy);
    const allowed = LEGITIMATE_WORK.map((work) => [work.name, judgeWork(policy, 'calendar', work).allowed]);
    expect(Object.fromEntries(allowed)).toEqual({ ...WORK_CALLS, ...FORBIDS[name] });
  });
});

describe('other policies', () => {
  test('the recommended one stops three attacks and hinders no work', () => {
    const recommended = readPolicy(recommendedPolicyText());
    expect(verdictsOf(recommended)).toEqual(RECOMMENDED);
    expect(scoreWith(recommended)).toMatchObject({ stopped: 3, letThrough: 5 });
  });

  test('one that denies everything stops all attacks and lets no work through', () => {
    const { stopped, letThrough, work } = scoreWith(LOCKDOWN);
    expect([stopped, letThrough]).toEqual([15, 0]);
    expect(work.map(({ kind, words, rule }) => [kind, words, rule])).toEqual(
      Object.values(WORK_CALLS).map((calls) => [
        'blocked',
        `Blocked: 0 of ${calls} calls let through`,
        '(default deny)',
      ]),
    );
  });
});
