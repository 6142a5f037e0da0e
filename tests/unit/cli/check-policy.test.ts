import { describe, expect, test } from 'vitest';
import { openFolder } from './in-folder.ts';
import { readXml } from './read-xml.ts';

const { path, read, run, write } = openFolder();

const policy = write('policy.json', {
  version: '1',
  default: 'deny',
  tools: { issue_audit_ticket: { limits: [{ counter: 'rate', window: 'minute', max: 30 }] } },
});
const intercept = write('policy.yaml', 'version: "1"\ndefault: deny\ntools:\n  issue_audit_ticket:\n    rules: []\n');
const ALLOWED = { that: 'count', where: { outcome: 'allow' } };
const RULE = '/tools/issue_audit_ticket/limits/rate';

/** 100 tickets over midnight: 30 are allowed on each side. */
function scenario(name: string, expected: readonly unknown[]): string {
  const step = { call: 'issue_audit_ticket', times: 100, over: '4s', args: { agentId: 'agent-1' } };
  const agents = [{ name: 'planner', steps: [step] }];
  return write(name, { version: '1', start: '2026-01-01T23:59:58.000Z', agents, expect: expected });
}
const kept = scenario('kept.json', [
  { ...ALLOWED, exactly: 60 },
  { that: 'decision', call: 30, is: 'deny', rule: RULE },
]);
const broken = scenario('broken.json', [
  { ...ALLOWED, within: '60s', atMost: 30 },
  { that: 'decision', call: 0, is: 'allow' },
]);

describe('exit status', () => {
  test('is 0 when every assertion holds', () => {
    expect(run(policy, kept)).toEqual({
      status: 0,
      out: [
        'policy.json with kept.json',
        '  100 calls: 60 allowed, 40 denied, 0 held for approval',
        '  ok     Exactly 60 allowed calls in the run; seen: 60 in the run',
        `  ok     Call 31 is denied by \`${RULE}\`; seen: call 31 was denied by ${RULE}`,
        '2 tests, 2 passed, 0 failed',
        '',
      ].join('\n'),
      err: '',
    });
  });

  test('is 1 when one fails; the first call that breaks it is told', () => {
    const { status, out } = run(policy, broken);
    expect(status).toBe(1);
    expect(out).toContain('  FAILED At most 30 allowed calls in any 1 min; seen: at most 60 in any 1 min\n');
    expect(out).toContain(
      'first broken by call 51 at 2026-01-02T00:00:00.000Z, issue_audit_ticket from planner, was allowed\n',
    );
    expect(out).toMatch(/2 tests, 1 passed, 1 failed\n$/);
  });

  test('is 1 when any of several pairs fails', () => {
    expect(run(policy, kept, policy, broken).status).toBe(1);
    expect(run(policy, kept, policy, kept)).toMatchObject({ status: 0 });
  });

  test.each([
    ['no arguments', [], 'name a policy and a scenario'],
    ['a policy alone', [policy], 'every policy needs a scenario after it; name both'],
    ['an unknown option', ['--fast', policy, kept], '--fast'],
    ['unknown windows', ['--windows', 'weekly', policy, kept], 'calendar, sliding, anchored'],
  ])('is 2 for %s', (_, args, words) => {
    const { status, out, err } = run(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).toContain('Usage: check-policy');
  });

  test.each([
    ['a policy with errors', write('half.json', '{\n  "version": "1",\n'), kept, 'half.json:2:17: '],
    ['a scenario that is not JSON', policy, write('half-scenario.json', '{'), 'half-scenario.json: this is not JSON'],
    [
      'a scenario with errors',
      policy,
      scenario('wrong.json', [{ that: 'count', within: 'soon', atMost: 1 }]),
      'wrong.json: /expect/0/within ',
    ],
    ['a file that is not there', path('absent.json'), kept, 'absent.json cannot be read'],
  ])('is 2 for %s, and what is wrong is told with its place', (_, policyFile, scenarioFile, words) => {
    const { status, out } = run(policyFile, scenarioFile);
    expect(status).toBe(2);
    expect(out).toContain(`  error  ${words}`);
    expect(out).toContain('1 pair of files could not be used');
  });

  test('is 2 when the report cannot be written', () => {
    const { status, err } = run(policy, kept, '--junit', path('no/such/folder.xml'));
    expect(status).toBe(2);
    expect(err).toContain('cannot be written');
  });

  test('is 0 for help and version', () => {
    expect(run('--help')).toMatchObject({ status: 0, err: '' });
    expect(run('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('input', () => {
  test('a policy may be YAML, told by its content', () => {
    const all = scenario('all.json', [{ ...ALLOWED, exactly: 100 }]);
    expect(run(intercept, all).status).toBe(0);
  });

  test('windows can be chosen', () => {
    expect(run(policy, broken, '--windows', 'sliding').status).toBe(0);
    expect(run('--windows', 'calendar', policy, broken).status).toBe(1);
  });

  test('tests that exclude each other are named, and a scenario without tests says so', () => {
    const both = scenario('both.json', [
      { ...ALLOWED, exactly: 60 },
      { ...ALLOWED, exactly: 61 },
    ]);
    expect(run(policy, both).out).toContain('note   tests 1 and 2 cannot both hold; change one of them');
    expect(run(policy, scenario('none.json', []))).toMatchObject({ status: 0 });
    expect(run(policy, path('none.json')).out).toContain('no tests; add some to the `expect` of the scenario');
  });

  test('control characters of a file never reach the terminal', () => {
    const name = 'a\u001b[31mb';
    const step = { call: name };
    const odd = write('odd.json', {
      version: '1',
      start: '2026-01-01T00:00:00.000Z',
      agents: [{ name: 'planner', steps: [step] }],
      expect: [{ that: 'count', where: { tool: name }, atMost: 0 }],
    });
    const { status, out } = run(policy, odd);
    expect(status).toBe(1);
    expect(out).not.toContain('\u001b');
  });
});

describe('--json', () => {
  test('gives everything as data', () => {
    const { status, out } = run('--json', policy, broken);
    const report = JSON.parse(out) as { runs: { tests: unknown[] }[] };
    expect(report).toMatchObject({
      status,
      runs: [{ usable: true, calls: 100, allowed: 60, denied: 40, approvals: 0 }],
    });
    expect(report.runs[0]?.tests[0]).toMatchObject({
      passes: false,
      seen: 60,
      call: 50,
      words: 'at most 60 in any 1 min',
      test: 'At most 30 allowed calls in any 1 min',
      assertion: { ...ALLOWED, within: '60s', atMost: 30 },
    });
  });
});

describe('--junit', () => {
  test('writes a suite for each pair, a case for each test, failures and errors counted', () => {
    run(policy, broken, policy, kept, policy, path('half-scenario.json'), '--junit', path('report.xml'));
    const root = readXml(read('report.xml'));
    expect([root.name, root.attributes['tests'], root.attributes['failures'], root.attributes['errors']]).toEqual([
      'testsuites',
      '5',
      '1',
      '1',
    ]);
    expect(
      root.children.map(({ name, attributes, children }) => [name, attributes['failures'], children.length]),
    ).toEqual([
      ['testsuite', '1', 2],
      ['testsuite', '0', 2],
      ['testsuite', '0', 1],
    ]);
    const [failing, passing] = root.children[0]?.children ?? [];
    expect(failing?.attributes['name']).toBe('1. At most 30 allowed calls in any 1 min');
    expect(failing?.children[0]).toMatchObject({ name: 'failure', attributes: { type: 'assertion' } });
    expect(failing?.children[0]?.attributes['message']).toContain('first broken by call 51');
    expect(passing?.children).toEqual([]);
    expect(root.children[2]?.children[0]?.children[0]?.name).toBe('error');
    for (const suite of root.children) expect(suite.attributes['time']).toMatch(/^\d+\.\d{3}$/);
  });

  test('escapes what XML cannot hold', () => {
    const odd = scenario('<odd & "quoted">.json', [{ that: 'count', where: { tool: 'a<b>&"c"\u0001' }, exactly: 1 }]);
    run(policy, odd, '--junit', path('odd.xml'));
    expect(read('odd.xml')).not.toContain('\u0001');
    const [suite] = readXml(read('odd.xml')).children;
    expect(suite?.attributes['name']).toContain('<odd & "quoted">.json');
    expect(suite?.children[0]?.attributes['name']).toContain('a<b>&"c"');
  });
});
