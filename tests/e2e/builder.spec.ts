import type { Locator } from '@playwright/test';
import { graveFindings } from './axe-findings.ts';
import { expect, test } from './test.ts';
import type { Playground } from './playground.ts';

const EMPTY = '{"version":"1","default":"deny","tools":{}}';
const COMMENTED = `{
  // what agents may do
  "version": "1",
  "default": "deny", /* nothing else */
  "tools": {}
}
`;

async function openBuilder(playground: Playground, text: string): Promise<Locator> {
  await playground.openDecided();
  await playground.setPolicy(text);
  await playground.policy.getByRole('tab', { name: 'Builder' }).click();
  const builder = playground.policy.getByRole('group', { name: 'Policy as forms' });
  await expect(builder).toBeVisible();
  return builder;
}

async function textOf(playground: Playground): Promise<string> {
  await playground.policy.getByRole('tab', { name: /JSON|YAML/ }).click();
  return playground.policyText();
}

/** Sets a field as a person does: by typing and going on. */
async function fill(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Tab');
}

async function press(builder: Locator, tool: string, state: string): Promise<void> {
  const button = builder.getByRole('group', { name: `State of ${tool}` }).getByRole('button', { name: state });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
}

test('a policy is written from nothing, by forms alone', async ({ playground }) => {
  const builder = await openBuilder(playground, EMPTY);
  await press(builder, 'get_trust_score', 'Allow');
  await press(builder, 'activate_kill_switch', 'Hide');
  await press(builder, 'create_escrow', 'Custom');
  await builder.getByRole('button', { name: 'Limit, limits of create_escrow' }).click();
  const limit = builder.getByRole('group', { name: 'limits 1 of create_escrow', exact: true });
  await expect(limit.getByRole('textbox', { name: 'counter' })).toBeFocused();
  await fill(limit.getByRole('textbox', { name: 'max' }), '5');
  await limit.getByRole('combobox', { name: 'window' }).selectOption('day');
  await builder.getByRole('button', { name: 'Rule, deny_if of create_escrow' }).click();
  const rule = builder.getByRole('group', { name: 'deny_if 1 of create_escrow', exact: true });
  await fill(rule.getByRole('combobox', { name: 'Argument' }), 'args.amount');
  await rule.getByRole('combobox', { name: 'Operator' }).selectOption('gt');
  await fill(rule.getByRole('textbox', { name: 'Value' }), '1000');
  await rule.getByRole('button', { name: 'More on deny_if 1 of create_escrow' }).click();
  await playground.page.getByRole('menuitem', { name: 'Add a message to the agent' }).click();
  await fill(rule.getByRole('textbox', { name: /Message to the agent/ }), 'Too much for one escrow.');
  await expect(rule.getByRole('button', { name: /Require the argument/ })).toBeVisible();

  expect(JSON.parse(await textOf(playground))).toEqual({
    version: '1',
    default: 'deny',
    hide: ['activate_kill_switch'],
    tools: {
      get_trust_score: {},
      create_escrow: {
        limits: [{ counter: 'create_escrow_rate', window: 'day', max: 5, scope: 'grant' }],
        deny_if: [
          { conditions: [{ path: 'args.amount', op: 'gt', value: 1000 }], on_deny: 'Too much for one escrow.' },
        ],
      },
    },
  });
});

test('an edit keeps comments, Undo takes it back, and verdicts follow', async ({ playground }) => {
  const builder = await openBuilder(playground, COMMENTED);
  await playground.expectRun({ state: 'done', allowed: 0 });
  await press(builder, 'issue_audit_ticket', 'Allow');
  await playground.expectRun({ state: 'done', allowed: 120 });
  await playground.policy.getByRole('button', { name: 'Undo' }).click();
  await playground.expectRun({ state: 'done', allowed: 0 });
  await expect(
    builder.getByRole('group', { name: 'State of issue_audit_ticket' }).getByRole('button', { name: 'Deny' }),
  ).toHaveAttribute('aria-pressed', 'true');
  await press(builder, 'issue_audit_ticket', 'Allow');
  const text = await textOf(playground);
  expect(text).toContain('// what agents may do');
  expect(text).toContain('/* nothing else */');
});

test('what cannot be written stays in its field, and a broken text locks the forms', async ({ playground }) => {
  const builder = await openBuilder(playground, COMMENTED);
  await press(builder, 'create_escrow', 'Custom');
  await builder.getByRole('button', { name: 'Limit, limits of create_escrow' }).click();
  const max = builder
    .getByRole('group', { name: 'limits 1 of create_escrow', exact: true })
    .getByRole('textbox', { name: 'max' });
  await fill(max, '');
  await expect(max).toHaveValue('');
  await expect(builder.getByText('Write a number.')).toBeVisible();
  await fill(max, '12');
  await expect(builder.getByText('Write a number.')).toBeHidden();

  const text = await textOf(playground);
  await playground.setPolicy(text.replace('"version": "1",', '"version": "1"'));
  await playground.policy.getByRole('tab', { name: 'Builder' }).click();
  await expect(playground.policy.getByRole('alert')).toContainText('the builder is locked');
  await expect(max).toBeDisabled();
  await expect(max).toHaveValue('12');
  await playground.policy.getByRole('button', { name: 'Go to the error' }).click();
  await expect(playground.editor).toBeFocused();
});

test('an Intercept policy is written by forms too', async ({ playground }) => {
  const builder = await openBuilder(playground, '# ours\nversion: "1"\ndefault: deny\ntools: {} # none yet\n');
  await expect(builder.getByText(/Intercept has no approvals/)).toBeVisible();
  await press(builder, 'get_agent_card', 'Allow');
  await press(builder, 'issue_audit_ticket', 'Custom');
  await builder.getByRole('button', { name: 'Limit, limits of issue_audit_ticket' }).click();
  await fill(
    builder
      .getByRole('group', { name: 'limits 1 of issue_audit_ticket', exact: true })
      .getByRole('textbox', { name: 'max' }),
    '7',
  );
  await builder.getByRole('button', { name: 'Rule, evaluate of issue_audit_ticket' }).click();
  const rule = builder.getByRole('group', { name: 'evaluate 1 of issue_audit_ticket', exact: true });
  await rule.getByRole('combobox', { name: 'Operator' }).selectOption('regex');
  await fill(rule.getByRole('textbox', { name: 'Value' }), '^agent-[0-9]+$');
  await expect(playground.problems).toContainText('No problems');
  expect(await textOf(playground)).toBe(`# ours
version: "1"
default: deny
tools: # none yet
  get_agent_card: {}
  issue_audit_ticket:
    rules:
      - name: issue_audit_ticket limit
        rate_limit: 7/minute
      - name: issue_audit_ticket rule
        action: evaluate
        conditions:
          - path: args.agentId
            op: regex
            value: ^agent-[0-9]+$
`);
});

test('the forms are accessible, and fit a phone', async ({ playground, page }) => {
  const rule = { conditions: [{ path: 'args.amount', op: 'gt', value: 900 }], on_deny: 'Too much.' };
  const limits = [{ counter: 'spend', window: 'day', max: 5, increment_from: 'args.amount' }];
  const text = JSON.stringify({ version: '1', default: 'deny', tools: { create_escrow: { deny_if: [rule], limits } } });
  const builder = await openBuilder(playground, text);
  await expect(builder.getByRole('button', { name: 'Require the argument' })).toBeVisible();
  expect(await graveFindings(page, '[data-part="builder"]')).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await playground.policy.getByRole('button', { name: /^Policy/ }).click();
  await expect(builder).toBeVisible();
  const controls = builder.locator('button:visible, select:visible, input:not([type="checkbox"]):visible');
  const heights = await controls.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().height));
  expect(heights.filter((height) => height < 44)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});
