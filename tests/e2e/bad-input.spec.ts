import { burst, fragment, pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

const manyTools = (count: number) => ({
  ...seedPolicy(),
  tools: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tool_${String(index)}`, {}])),
});

const refused = [
  { what: 'not JSON', text: 'version: [', says: /error/ },
  { what: 'an unknown field', text: pretty({ ...seedPolicy(), tols: {} }), says: /tools/ },
  { what: 'a wrong type', text: pretty({ ...seedPolicy(), default: 1 }), says: /default/ },
  { what: 'a negative max', text: pretty(seedPolicy(-1)), says: /max/ },
];

test('policies with mistakes are refused with what to do, and lose nothing', async ({ playground }) => {
  await playground.openDecided();
  for (const { what, text, says } of refused) {
    await test.step(what, async () => {
      await playground.setPolicy(text);
      await playground.expectRun({ state: 'stale', allowed: 80, denied: 53 });
      await expect(playground.problems).toContainText(says);
    });
  }
});

const accepted = [
  { what: 'comments', text: `// why\n${pretty(seedPolicy())}`, allowed: 80 },
  { what: '5,000 tools', text: pretty(manyTools(5_000)), allowed: 0 },
  {
    what: 'names of the prototype',
    text: pretty(seedPolicy()).replace('issue_audit_ticket"', '__proto__"'),
    allowed: 0,
  },
  { what: '1 MiB of text', text: pretty({ ...seedPolicy(), description: 'x'.repeat(1_000_000) }), allowed: 80 },
];

test('odd policies are decided', async ({ playground }) => {
  await playground.openDecided();
  for (const { what, text, allowed } of accepted) {
    await test.step(what, async () => {
      await playground.setPolicy(text);
      await playground.expectRun({ state: 'done', calls: 133, allowed });
    });
  }
});

test('a pattern that backtracks elsewhere decides here', async ({ playground }) => {
  const rule = { conditions: [{ path: 'args.agentId', op: 'regex', value: '^(a+)+$' }] };
  const policy = { version: '1', default: 'allow', tools: { issue_audit_ticket: { deny_if: [rule] } } };
  const scenario = burst(3);
  scenario.agents[0]!.steps[0]!.args.agentId = `${'a'.repeat(10_000)}!`;
  await playground.openDecided(fragment(policy, scenario));
  await playground.expectRun({ calls: 3, denied: 0 });
});

test('a scenario of 10,000,001 calls is refused', async ({ playground }) => {
  await playground.open(fragment(seedPolicy(), burst(10_000_001, '1h')));
  await expect(playground.page.getByText(/10,000,000/).first()).toBeVisible();
  await expect(playground.runButton).toBeDisabled();
});
