import { pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

test('all attacks run against the policy, and verdicts go out of date with it', async ({ playground }) => {
  await playground.openDecided();
  const panel = await playground.openTab('Attacks');
  const score = panel.getByRole('status');
  await panel.getByRole('button', { name: 'Run all attacks' }).click();
  await expect(score).toHaveText('Attacks stopped 11 of 15 · legitimate work let through 1 of 5');
  await expect(panel.getByText('Stopped at call 31: 30 tickets issued').first()).toBeVisible();
  await playground.expectRun({ state: 'done', calls: 133 });

  await playground.setPolicy(pretty(seedPolicy(15)));
  await expect(score).toContainText('Out of date:');
  await panel.getByRole('button', { name: 'Run all attacks' }).click();
  await expect(score).toHaveText('Attacks stopped 12 of 15 · legitimate work let through 1 of 5');
});

test('a verdict opens its scenario at the call it rests on; the remedy opens as policy; both can be brought back', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const policy = await playground.policyText();
  const panel = await playground.openTab('Attacks');
  await panel.getByRole('button', { name: 'Run all attacks' }).click();
  await panel.getByRole('button', { name: 'Show call 101 of Grant hopping' }).click();
  await expect(playground.explanation).toHaveAccessibleName(/^Call 101\b/);
  await playground.expectRun({ calls: 250, allowed: 250 });
  await page.keyboard.press('Escape');

  await panel.getByRole('button', { name: 'Grant hopping', exact: true }).click();
  await panel.getByRole('button', { name: 'Show the policy that stops it' }).click();
  await panel.getByRole('button', { name: 'Open as policy' }).click();
  await playground.expectRun({ calls: 250, allowed: 0, approvals: 250 });
  await panel.getByRole('button', { name: 'Run all attacks' }).click();
  await expect(panel.getByText('Stopped, waiting for approval, at call 1: 0 tickets issued').first()).toBeVisible();

  await page.getByRole('button', { name: 'Bring back' }).click();
  await playground.expectRun({ calls: 133, allowed: 80 });
  expect(await playground.policyText()).toBe(policy);
});
