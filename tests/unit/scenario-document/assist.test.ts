import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import { completeScenario, explainScenario } from '../../../src/core/scenario/document/assist.ts';

/** Labels offered at the caret, which is `|`. */
function labels(marked: string): string[] {
  const offset = marked.indexOf('|');
  return completeScenario(marked.replace('|', ''), offset).map(({ label }) => label);
}
const step = (inside: string): string => `{"agents":[{"steps":[{${inside}}]}]}`;

describe('completeScenario', () => {
  it.each([
    [
      'fields of the scenario that are not there yet',
      '{"version":"1",|}',
      ['name', 'start', 'seed', 'world', 'agents'],
    ],
    ['fields of a step without one', step('|'), ['call', 'wait', 'waitUntil', 'repeat']],
    ['fields of a call only', step('"call":"x",|'), ['times', 'over', 'every', 'ratePerMinute', 'jitter', 'args']],
    ['nothing more beside a wait', step('"wait":"1s",|'), []],
    ['arguments of the tool', step('"call":"issue_audit_ticket","args":{|}'), ['agentId', 'validitySeconds']],
    ['durations', step('"call":"x","over":|'), ['100ms', '1s', '4s']],
    ['reactions', '{"agents":[{"onDenied":|}]}', ['continue', 'stop', 'retry']],
    [
      'agents and templates',
      step('"call":"get_agent_card","args":{"agentId":|}'),
      ['agent-1', '{{i}}', '$pick', '$int'],
    ],
    ['parts of the world', '{"world":{|}}', ['agents', 'remove']],
    ['levels', '{"world":{"agents":[{"auditLevel":|}]}}', ['Bronze', 'Silver', 'Gold', 'Platinum']],
    ['steps inside a repeat', step('"repeat":2,"steps":[|]'), ['call', 'wait', 'waitUntil', 'repeat']],
    ['nothing in a comment', '{ // |\n}', []],
  ])('offers %s', (_what, marked, expected) => {
    const found = labels(marked);
    expect(found).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(found).toEqual([]);
  });

  it('offers every tool where a tool is named', () => {
    expect(labels(step('"call":"|"'))).toEqual(TOOLS.map(({ name }) => name));
  });

  it('adds the comma that is missing', () => {
    const text = '{"version":"1" }';
    expect(completeScenario(text, 15)[0]).toMatchObject({ before: { text: ',' } });
  });
});

describe('explainScenario', () => {
  const text = step('"call":"create_escrow","times":3,"args":{"amount":5}');
  it.each([
    ['times', 'How many calls'],
    ['create_escrow', 'Write, medium risk'],
    ['amount', 'Required, number'],
  ])('says what `%s` means', (word, words) => {
    expect(JSON.stringify(explainScenario(text, text.indexOf(word)))).toContain(words);
  });
  it('says nothing of what it does not know', () => {
    expect(explainScenario('{"elsewhere": 1}', 3)).toBeNull();
  });
});
