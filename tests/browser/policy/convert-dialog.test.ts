import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import PolicyPane from '../../../src/ui/policy/PolicyPane.svelte';
import { closeDialogs } from '../kit/close-dialogs.ts';
import { openPlayground, SEED } from '../shell/open-playground.ts';

const YAML = `# night shift
version: "1"
tools:
  issue_audit_ticket:
    rules:
      - name: cap
        rate_limit: 3/minute
`;

let playground: Playground;
let frame: HTMLElement;

const dialog = () => page.getByRole('dialog');
const written = () => dialog().getByRole('textbox').element() as HTMLTextAreaElement;
const menu = () => page.getByRole('button', { name: /^Dialect/ });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });

beforeEach(() => {
  frame = document.createElement('section');
  frame.style.cssText = 'display:flex;flex-direction:column;width:600px;height:800px';
  document.body.append(frame);
});
afterEach(async () => {
  await closeDialogs();
  vi.restoreAllMocks();
  playground.close();
  frame.remove();
});

async function convert(work: Partial<Work>, to: string): Promise<void> {
  playground = openPlayground(work);
  await playground.workspace.recheck();
  await render(PolicyPane, { target: frame, props: { playground, active: true } });
  await menu().click();
  await page.getByRole('menuitem', { name: `Convert to ${to}…` }).click();
  await expect.element(dialog()).toBeVisible();
}

describe('the dialog that converts a policy', () => {
  test('says what is lost before it shows the text', async () => {
    await convert({}, 'Intercept');
    await expect.element(page.getByRole('heading', { name: 'Convert to Intercept' })).toBeVisible();
    const differs = dialog().getByRole('region', { name: 'Decided differently' });
    await expect.element(differs).toHaveTextContent(/is one counter for all callers/);
    await expect.element(differs).toHaveTextContent(/tool errors and timeouts stay counted/);
    expect(dialog().getByRole('region', { name: 'Cannot be expressed' }).query()).toBeNull();
    expect(written().value).toMatch(/^version: "1"\ndefault: deny\n/);
    expect(written().readOnly).toBe(true);
    expect(differs.element().compareDocumentPosition(written())).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  test('replaces the policy, which Undo and the bar take back', async () => {
    await convert({ dialect: 'policylayer' }, 'Intercept');
    await button('Replace the policy').click();
    await expect.poll(() => dialog().query()).toBeNull();
    expect(playground.workspace.policyText).toMatch(/^version: "1"\n/);
    await expect.element(menu()).toHaveTextContent('Intercept');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(playground.workspace.policyText).toBe(SEED.policyText);
    await expect.element(menu()).toHaveTextContent('PolicyLayer');
    playground.bringBack();
    expect(playground.workspace.work).toMatchObject({ policyText: SEED.policyText, dialect: 'policylayer' });
  });

  test('goes to the place a note is about', async () => {
    await convert({}, 'Intercept');
    const differs = dialog().getByRole('region', { name: 'Decided differently' });
    await differs
      .getByRole('button', { name: /^Line \d+$/ })
      .first()
      .click();
    await expect.poll(() => dialog().query()).toBeNull();
    const editor = page.getByRole('textbox', { name: 'Policy text' });
    await expect.element(editor).toHaveFocus();
    const { value, selectionStart, selectionEnd } = editor.element() as HTMLTextAreaElement;
    expect(value.slice(selectionStart, selectionEnd)).toContain('"issue_audit_ticket_rate"');
  });

  test('works the other way, and names the comments that JSON has no room for', async () => {
    await convert({ policyText: YAML }, 'PolicyLayer');
    const same = dialog().getByRole('region', { name: 'Changed in form' });
    await expect.element(same).toHaveTextContent('# night shift is left out');
    expect(JSON.parse(written().value)).toMatchObject({ default: 'allow' });
  });

  test('saves and copies the text under the right name', async () => {
    await convert({ title: 'Runaway: ticket loop' }, 'Intercept');
    await expect.element(button('Download')).toBeVisible();
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    await button('Download').click();
    expect(saved).toEqual(['runaway-ticket-loop.yaml']);
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    await button('Copy').click();
    expect(write).toHaveBeenLastCalledWith(written().value);
  });

  test('says why a policy with errors is not converted, and leads to them', async () => {
    await convert({ policyText: '{ "version": "2", "default": "deny" }' }, 'Intercept');
    await expect.element(dialog()).toHaveTextContent(/The policy has 1 error/);
    expect(dialog().getByRole('textbox').query()).toBeNull();
    await dialog().getByRole('button', { name: /Error/ }).click();
    await expect.poll(() => dialog().query()).toBeNull();
    await expect.element(page.getByRole('textbox', { name: 'Policy text' })).toHaveFocus();
  });

  test('leaves everything as it was with Cancel and Esc', async () => {
    await convert({}, 'Intercept');
    await button('Cancel').click();
    await expect.poll(() => dialog().query()).toBeNull();
    expect(playground.workspace.policyText).toBe(SEED.policyText);
    await menu().click();
    await page.getByRole('menuitem', { name: 'Convert to Intercept…' }).click();
    await expect.element(dialog()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => dialog().query()).toBeNull();
    expect(playground.replaced).toBeNull();
    await expect.element(menu()).toHaveFocus();
  });
});
