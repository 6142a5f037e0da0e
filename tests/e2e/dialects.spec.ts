import { burst, pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

const YAML = `# At most 30 tickets a minute.
version: "1"
default: deny
tools:
  issue_audit_ticket:
    rules:
      - name: ticket cap
        rate_limit: 30/minute
        on_deny: Enough tickets for this minute.
`;

test('an Intercept file is opened, recognised and decided, then converted and brought back', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const dialect = playground.policy.getByRole('button', { name: /^Dialect/ });
  await expect(dialect).toContainText('PolicyLayer');
  const file = { name: 'tickets.yaml', mimeType: 'text/yaml', buffer: Buffer.from(YAML) };
  await page.getByLabel('File to import').setInputFiles(file);
  await playground.expectRun({ state: 'done', calls: 133, allowed: 60, denied: 73 });
  await expect(dialect).toContainText('Intercept');
  expect(await playground.policyText()).toBe(YAML);
  await playground.openTab('Summary');
  await expect(playground.results).toContainText('ticket cap');

  await dialect.click();
  await page.getByRole('menuitem', { name: 'Convert to PolicyLayer…' }).click();
  const dialog = page.getByRole('dialog');
  const differs = dialog.getByRole('region', { name: 'Decided differently' });
  await expect(differs).toContainText('is a counter for each grant, no longer one for all callers');
  await expect(dialog.getByRole('region', { name: 'Changed in form' })).toContainText('is left out');
  const written = await dialog.getByRole('textbox').inputValue();
  expect(JSON.parse(written)).toMatchObject({
    default: 'deny',
    tools: { issue_audit_ticket: { limits: [{ window: 'minute', max: 30, scope: 'grant' }] } },
  });
  await dialog.getByRole('button', { name: 'Replace the policy' }).click();
  await expect(dialog).toHaveCount(0);
  await playground.expectRun({ state: 'done', calls: 133, allowed: 80, denied: 53 });
  await expect(dialect).toContainText('PolicyLayer');
  await playground.policy.getByRole('button', { name: 'Undo', exact: true }).click();
  await playground.expectRun({ state: 'done', allowed: 60, denied: 73 });
  expect(await playground.policyText()).toBe(YAML);
});

test('a file is dropped onto the policy, and what it replaced comes back', async ({ playground, page }) => {
  await playground.openDecided();
  const drop = async (name: string, text: string): Promise<void> => {
    const dataTransfer = await page.evaluateHandle(
      ([called, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], called));
        return transfer;
      },
      [name, text] as const,
    );
    // why: the part that takes files is loaded after the first verdict, and shows then that it does.
    const panel = playground.policy.getByRole('tabpanel');
    await expect(async () => {
      await panel.dispatchEvent('dragover', { dataTransfer });
      await expect(page.getByText('Drop to open', { exact: false })).toBeVisible({ timeout: 100 });
    }).toPass();
    await panel.dispatchEvent('drop', { dataTransfer });
  };
  await drop('tickets.yaml', YAML);
  await playground.expectRun({ state: 'done', allowed: 60, denied: 73 });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await playground.expectRun({ state: 'done', allowed: 80, denied: 53 });
  expect(JSON.parse(await playground.policyText())).toEqual(seedPolicy());
  await drop('burst.json', pretty(burst(40)));
  await playground.expectRun({ state: 'done', calls: 40 });
  expect(JSON.parse(await playground.policyText())).toEqual(seedPolicy());
});
