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

test('odd calls are decided, and too many refused', async ({ playground, page }) => {
  await test.step('a pattern that backtracks elsewhere', async () => {
    const rule = { conditions: [{ path: 'args.agentId', op: 'regex', value: '^(a+)+$' }] };
    const policy = { version: '1', default: 'allow', tools: { issue_audit_ticket: { deny_if: [rule] } } };
    const scenario = burst(3);
    scenario.agents[0]!.steps[0]!.args.agentId = `${'a'.repeat(10_000)}!`;
    await playground.openDecided(fragment(policy, scenario));
    await playground.expectRun({ calls: 3, denied: 0 });
  });
  await test.step('amounts that are negative, missing or text', async () => {
    const limit = { counter: 'value', window: 'day', max: 100, scope: 'grant', increment_from: 'args.amount' };
    const policy = { version: '1', default: 'deny', tools: { create_escrow: { limits: [limit] } } };
    const steps = [{ amount: -5 }, {}, { amount: 'five' }, { amount: 5 }].map((args) => ({
      call: 'create_escrow',
      args,
    }));
    await page.goto('about:blank');
    await playground.openDecided(fragment(policy, { ...burst(1), agents: [{ name: 'planner', steps }] }));
    await playground.expectRun({ calls: 4, allowed: 1, denied: 3 });
  });
  await test.step('10,000,001 calls', async () => {
    await page.goto('about:blank');
    await playground.open(fragment(seedPolicy(), burst(10_000_001, '1h')));
    await expect(page.getByText(/10,000,000/).first()).toBeVisible();
    await expect(playground.runButton).toBeDisabled();
  });
});
