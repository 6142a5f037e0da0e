import { expect, test } from './test.ts';

test('policies to start from open with their scenario, and one is suggested from a run', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const gallery = page.getByRole('dialog', { name: 'Examples' });
  const open = async (action: string) => {
    await page.getByRole('button', { name: /^Example/ }).click();
    await gallery.getByRole('button', { name: action, exact: true }).click();
    await expect(gallery).toBeHidden();
  };
  await test.step('with its scenario', async () => {
    await open('Open An escrow budget with a floor and a ceiling');
    await playground.expectRun({ state: 'done', calls: 69, allowed: 56, denied: 13 });
  });
  await test.step('in the other dialect', async () => {
    await open('Open The same ideas in Intercept’s YAML');
    await playground.expectRun({ state: 'done', calls: 38, allowed: 22, denied: 16 });
    await expect(playground.policy.getByRole('tab', { name: 'YAML' })).toBeVisible();
  });
  await test.step('the policy alone', async () => {
    await open('Policy only: Read only');
    await playground.expectRun({ state: 'done', calls: 38, allowed: 1, denied: 37 });
    await page.getByRole('button', { name: 'Bring back' }).click();
    await playground.expectRun({ state: 'done', calls: 38, allowed: 22 });
  });
  await test.step('suggested', async () => {
    await playground.openTab('Findings');
    await playground.results.getByRole('button', { name: 'Suggest a policy…' }).click();
    const suggestion = page.getByRole('dialog', { name: 'Suggest a policy' });
    await expect(suggestion.getByRole('status')).toContainText('Would have denied none of the 22 calls to 3 tools');
    await suggestion.getByRole('button', { name: 'Use this policy' }).click();
    await expect(suggestion).toBeHidden();
    await expect(playground.policy.getByRole('tab', { name: 'JSON' })).toBeVisible();
    await playground.expectRun({ state: 'done', calls: 38, allowed: 22, denied: 16 });
    await playground.policy.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(playground.policy.getByRole('tab', { name: 'YAML' })).toBeVisible();
  });
});

test('the schemas are served beside the page', async ({ playground, page }) => {
  await playground.open();
  for (const [name, title] of [
    ['policy', 'PolicyLayer policy'],
    ['scenario', 'Policy Playground scenario'],
  ]) {
    const answer = await page.request.get(new URL(`${name}.schema.json`, page.url()).href);
    expect(await answer.json()).toMatchObject({ title, type: 'object' });
  }
});
