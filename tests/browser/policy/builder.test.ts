import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import PolicyPane from '../../../src/ui/policy/PolicyPane.svelte';
import { openPlayground } from '../shell/open-playground.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  hide: ['guard_tool'],
  tools: {
    create_escrow: {
      deny_if: [{ conditions: [{ path: 'args.amount', op: 'gt', value: 900 }], on_deny: 'Too much.' }],
      limits: [
        { counter: 'a', window: 'minute', max: 30 },
        { counter: 'b', window: 'day', max: 90 },
      ],
    },
    get_trust_score: {},
  },
};

let playground: Playground;

beforeEach(async () => {
  await page.viewport(560, 900);
  playground = openPlayground({ policyText: JSON.stringify(POLICY, null, 2) });
  playground.preferences.set({ builder: true });
  await render(PolicyPane, { playground, active: true });
  await playground.workspace.recheck();
  await expect.element(page.getByRole('group', { name: 'Policy as forms' })).toBeVisible();
});
afterEach(() => playground.close());

const policy = (): typeof POLICY => JSON.parse(playground.workspace.policyText) as typeof POLICY;
const limit = (number: number) =>
  page.getByRole('group', { name: `limits ${String(number)} of create_escrow`, exact: true });

describe('the builder', () => {
  test('has a name for every control', () => {
    const controls = [...document.querySelectorAll<HTMLElement>('[data-part="builder"] :is(button, input, select)')];
    const nameless = controls.filter(
      (control) =>
        control.textContent.trim() === '' &&
        !control.hasAttribute('aria-label') &&
        ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.labels?.length) !== 1,
    );
    expect(controls.length).toBeGreaterThan(40);
    expect(nameless.map((control) => control.outerHTML)).toEqual([]);
  });

  test('writes a field when it is left, and keeps the focus where the person went', async () => {
    const max = limit(1).getByRole('textbox', { name: 'max' });
    await userEvent.fill(max, '12');
    await userEvent.keyboard('{Tab}');
    const window = limit(1).getByRole('combobox', { name: 'window' });
    await expect.element(window).toHaveFocus();
    await expect.poll(() => policy().tools.create_escrow.limits[0]?.max).toBe(12);
    await expect.element(window).toHaveFocus();
  });

  test('keeps what cannot be written, says why, and Esc brings the policy back', async () => {
    const max = limit(1).getByRole('textbox', { name: 'max' });
    await userEvent.fill(max, 'many');
    await userEvent.keyboard('{Enter}');
    await expect.element(max).toHaveAccessibleDescription('Write a number.');
    await expect.element(max).toHaveValue('many');
    expect(policy()).toEqual(POLICY);
    await userEvent.keyboard('{Escape}');
    await expect.element(max).toHaveValue('30');
  });

  test('makes changes that follow each other quickly, none lost', async () => {
    await userEvent.fill(limit(1).getByRole('textbox', { name: 'max' }), '1');
    await userEvent.fill(limit(2).getByRole('textbox', { name: 'max' }), '2');
    await page.getByRole('group', { name: 'Default' }).getByRole('button', { name: 'Allow' }).click();
    await expect.poll(() => policy().default).toBe('allow');
    expect(policy().tools.create_escrow.limits.map(({ max }) => max)).toEqual([1, 2]);
  });

  test('offers the operators that fit the argument', async () => {
    const operator = page
      .getByRole('group', { name: /^deny_if 1 of create_escrow, condition 1/ })
      .getByLabelText('Operator');
    const options = [...operator.element().querySelectorAll('option')].map((option) => option.value);
    expect(options).toEqual(['eq', 'neq', 'in', 'not_in', 'lt', 'lte', 'gt', 'gte', 'exists']);
  });

  test('draws a part of very many limits, and the one that was just added', async () => {
    const limits = Array.from({ length: 500 }, (_, i) => ({ counter: `c${i}`, window: 'minute', max: 500 + i }));
    const many = { ...POLICY, tools: { create_escrow: { limits } } };
    playground.workspace.open({ ...playground.workspace.work, policyText: JSON.stringify(many) });
    await playground.workspace.recheck();
    await expect.element(page.getByRole('button', { name: 'Show more of 480 further limits' })).toBeVisible();
    await page.getByRole('button', { name: 'Limit, limits of create_escrow' }).click();
    await expect.element(limit(501)).toBeVisible();
    await expect.poll(() => limit(501).element().contains(document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Show more of 480 further limits' }).click();
    await expect.element(limit(40)).toBeVisible();
    await expect.element(limit(41)).not.toBeInTheDocument();
  });

  test('puts warnings with their fixes beside the rule', async () => {
    const rule = page.getByRole('group', { name: 'deny_if 1 of create_escrow', exact: true });
    await rule.getByRole('button', { name: 'Require the argument' }).click();
    await expect.poll(() => JSON.stringify(policy())).toContain('"require"');
  });

  test('shows a hidden tool again, and lists a tool by its name', async () => {
    await page.getByRole('button', { name: 'Show guard_tool again' }).click();
    await expect.poll(() => 'hide' in policy()).toBe(false);
    await userEvent.fill(page.getByRole('searchbox', { name: 'Find or add a tool' }), 'my_tool');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => Object.keys(policy().tools)).toContain('my_tool');
  });
});
