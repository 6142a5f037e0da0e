import { expect, test } from './test.ts';

const EMPTY_TOOL = `{
  "version": "1",
  "default": "deny",
  "tools": {
    "issue_audit_ticket": {}
  }
}`;

test.describe('help while writing', () => {
  test('fields are offered in an empty tool and accepted by keyboard', async ({ page, playground }) => {
    await playground.openDecided();
    await page.locator('.monaco-editor').waitFor();
    await playground.setPolicy(EMPTY_TOOL);
    await playground.editor.focus();
    for (const key of ['ControlOrMeta+End', 'ArrowUp', 'ArrowUp', 'End', 'ArrowLeft', 'Control+Space']) {
      await page.keyboard.press(key);
    }
    const offers = page.getByRole('listbox', { name: 'Suggest' });
    await expect(offers.getByRole('option', { name: /^rate limit/ })).toBeVisible();
    await page.keyboard.type('lim');
    await page.keyboard.press('Enter');
    await playground.runTo({ denied: 93 });
    expect(await playground.policyText()).toContain('"counter": "issue_audit_ticket_rate"');
    await expect(playground.problems).toContainText('No problems');
  });

  test('a word is explained, by pointer and in the foot', async ({ page, playground }) => {
    await playground.openDecided();
    await page.locator('.monaco-editor').waitFor();
    await page.getByText('"grant"').click();
    await page.getByText('"minute"').hover();
    await expect(page.getByText('Starts again with every calendar minute').first()).toBeVisible();
    await playground.policy.getByRole('button', { name: 'Explain' }).click();
    await expect(page.getByRole('dialog', { name: 'Explanation' })).toContainText(
      'All sessions of one grant share the counter',
    );
  });

  test('a rule leads to the calls it decided', async ({ page, playground }) => {
    await playground.openDecided();
    await page.getByText('40 by this limit').click();
    await expect(playground.results.getByText('40 of 133 calls')).toBeVisible();
    await playground.openTab('Summary');
    await page.getByText('"counter"').click();
    await playground.policy.getByRole('button', { name: 'Show 40 calls' }).click();
    await expect(playground.results.getByText('40 of 133 calls')).toBeVisible();
  });
});
