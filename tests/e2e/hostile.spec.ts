import { burst, fragment } from './documents.ts';
import { expect, test } from './test.ts';

const MARKUP = '<img src=x onerror="globalThis.broken=1">';
const SCRIPT = '</script><script>globalThis.broken=1</script>';
const TEMPLATE = '{{constructor.constructor("globalThis.broken=1")()}}';
const TURNED = 'pay\u202etxt';
const UNSEEN = 'issue_audit_ticket\u200b';
const CYRILLIC = 'iss\u0443e_audit_ticket';

const names = [MARKUP, SCRIPT, TURNED, UNSEEN, CYRILLIC, '__proto__', 'constructor', 'toString', '', '\0', '\ud800'];

/** A policy whose every name is hostile, as text: `__proto__` must be a key of its own. */
const policy = `{"version":"1","default":"deny","tools":{${names
  .filter((name) => name !== '')
  .map((name) => {
    const limit = { counter: name, window: 'minute', max: 1, scope: 'grant', on_deny: MARKUP };
    return `${JSON.stringify(name)}:${JSON.stringify({ limits: [limit] })}`;
  })
  .join(',')}}}`;

const scenario = {
  version: '1',
  name: MARKUP,
  start: '2026-01-01T00:00:00.000Z',
  agents: names.map((name, index) => ({
    name: name === '' ? SCRIPT : `${name}${index}`,
    grant: `${TURNED}${index}`,
    session: `${MARKUP}${index}`,
    steps: [
      { call: name === '' ? UNSEEN : name, times: 2, over: '1s', args: { [MARKUP]: SCRIPT, __proto__x: TURNED } },
    ],
  })),
};

const TABS = ['Summary', 'Findings', 'Audit log', "Agent's view", 'Tickets', 'Tests', 'Attacks', 'Compare'] as const;

test('hostile names in a link are shown, told apart and never run', async ({ playground, page }) => {
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog opened: ${dialog.message()}`);
  });
  await playground.openDecided(fragment(policy, scenario));
  for (const tab of TABS) {
    const panel = await playground.openTab(tab);
    await expect(panel).not.toBeEmpty();
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  }
  await playground.openTab('Summary');
  for (const shown of ['issue_audit_ticket‹U+200B›', 'pay‹U+202E›txt', 'iss\u0443‹U+0443›e_audit_ticket', MARKUP]) {
    await expect(playground.results.getByRole('rowheader', { name: shown, exact: true }).first()).toBeVisible();
  }
  const explanation = await playground.explain(1);
  await expect(explanation).toContainText(/‹U\+202E›/);
  await playground.scenario.getByRole('tab', { name: 'JSON' }).click();
  await playground.scenario.getByRole('tab', { name: 'World' }).click();
  await playground.policy.getByRole('tab', { name: 'Builder' }).click();
  await expect(page.locator('[data-part="builder"]')).toContainText('pay‹U+202E›txt');
  expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
});

test('a template that looks like code stays text', async ({ playground, page }) => {
  const [agent] = burst(1).agents;
  const bad = { ...burst(1), agents: [{ ...agent, steps: [{ call: 'get_agent_card', args: { agentId: TEMPLATE } }] }] };
  await playground.open(fragment(policy, bad));
  await expect(page.locator('[data-part="run"]')).toBeVisible();
  await expect(playground.html).toHaveAttribute('data-app', 'ready');
  expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
});

test('a line of 1 MB in the policy leaves a page that answers', async ({ playground }) => {
  await playground.openDecided();
  const line = JSON.stringify({ version: '1', default: 'deny', tools: { issue_audit_ticket: { on_deny: '' } } });
  await playground.setPolicy(line.replace('""', `"${'\u202e<b>'.repeat(150_000)}"`));
  await expect(playground.problems).toContainText(/error|problem|warning|note/i);
  await playground.openTab('Audit log');
  await expect(playground.log).toBeVisible();
});
