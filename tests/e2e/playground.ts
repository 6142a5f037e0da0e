import { expect, type Locator, type Page, type Worker } from '@playwright/test';

/** What `[data-part="run"]` says of a run. */
export interface RunSays {
  readonly state?: 'idle' | 'running' | 'done' | 'stale' | 'failed';
  readonly calls?: number;
  readonly allowed?: number;
  readonly denied?: number;
  readonly approvals?: number;
}

export type ResultsTab =
  'Summary' | 'Findings' | 'Audit log' | "Agent's view" | 'Tickets' | 'Attacks' | 'Tests' | 'Compare';

/**
 * The page as people and programs meet it: landmarks, buttons and tabs by accessible name, states by the stable
 * attributes. Every wait is for an attribute or a role, never for time.
 */
export class Playground {
  readonly html: Locator;
  readonly run: Locator;
  readonly policy: Locator;
  readonly scenario: Locator;
  readonly results: Locator;
  readonly explanation: Locator;
  readonly runButton: Locator;
  readonly cancelButton: Locator;
  readonly shareButton: Locator;
  readonly log: Locator;
  readonly linkAlert: Locator;
  readonly editor: Locator;
  readonly problems: Locator;

  constructor(readonly page: Page) {
    this.html = page.locator('html');
    this.run = page.locator('[data-part="run"]');
    this.policy = page.getByRole('region', { name: 'Policy', exact: true });
    this.scenario = page.getByRole('region', { name: 'Scenario', exact: true });
    this.results = page.getByRole('region', { name: 'Results', exact: true });
    this.explanation = page.getByRole('complementary', { name: /^Call \d/ });
    this.runButton = page.getByRole('button', { name: 'Run', exact: true });
    this.cancelButton = page.getByRole('button', { name: 'Cancel', exact: true });
    this.shareButton = page.getByRole('button', { name: /^Share\b/ });
    this.log = this.results.getByRole('grid', { name: /^Audit log/ });
    this.linkAlert = page.getByRole('alert', { name: 'Link' });
    this.editor = this.policy.getByRole('textbox', { name: /policy/i });
    this.problems = this.policy.getByRole('status');
  }

  /** Opens the page at a query and fragment, such as `#v1.…`, and waits until it is ready. */
  async open(address = ''): Promise<void> {
    await this.page.goto(`./${address}`);
    await expect(this.html).toHaveAttribute('data-app', 'ready');
  }

  /** Opens the page and waits for the verdicts on what it opened with. */
  async openDecided(address = ''): Promise<void> {
    await this.open(address);
    await this.expectRun({ state: 'done' });
  }

  async expectRun(says: RunSays): Promise<void> {
    for (const [name, value] of Object.entries(says)) {
      await expect(this.run).toHaveAttribute(`data-${name}`, String(value));
    }
  }

  /** Digest of the decisions on screen. */
  async digest(): Promise<string> {
    await expect(this.run).toHaveAttribute('data-digest', /./);
    return (await this.run.getAttribute('data-digest')) ?? '';
  }

  tab(name: ResultsTab): Locator {
    return this.results.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  /** Opens a tab of the results and gives its panel. */
  async openTab(name: ResultsTab): Promise<Locator> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
    return this.results.getByRole('tabpanel', { name: new RegExp(`^${name}`) });
  }

  /** Replaces the text of the policy by pasting, as a person would: the same for the plain and the code editor. */
  async setPolicy(text: string): Promise<void> {
    await this.toClipboard(text);
    await this.editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('ControlOrMeta+v');
  }

  /** The text of the policy as copying it gives it. */
  async policyText(): Promise<string> {
    await this.editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    return this.copied();
  }

  /** What copying the selection gives. */
  async copied(): Promise<string> {
    await this.toClipboard('');
    await this.page.keyboard.press('ControlOrMeta+c');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Makes Run, or the repeat that follows an edit, end in the given counts. */
  async runTo(says: RunSays): Promise<void> {
    await this.runButton.click();
    await this.expectRun({ ...says, state: 'done' });
  }

  /** Row of the audit log by the number of its call, counted from 1, once its cells are there. */
  logRow(call: number): Locator {
    return this.log.getByRole('row', { name: new RegExp(`^${call.toLocaleString('en-US')} \\d\\d:`) });
  }

  /** Chooses one value of a filter of the audit log: "Outcome", "Tool", "Grant" or "Rule". */
  async filterLog(filter: string, value: string): Promise<void> {
    await this.results.getByRole('button', { name: new RegExp(`^${filter}:`) }).click();
    await this.page.getByRole('menuitemradio', { name: value }).click();
  }

  /** Opens the explanation of one of the first calls from the audit log. */
  async explain(call: number): Promise<Locator> {
    await this.openTab('Audit log');
    await this.logRow(call).click();
    await expect(this.explanation).toBeVisible();
    return this.explanation;
  }

  /** Opens the share dialog and gives the link it shows. */
  async shareLink(): Promise<string> {
    await this.shareButton.click();
    const link = this.page.getByRole('dialog').getByRole('textbox', { name: /link/i });
    await expect(link).toHaveValue(/#v1\./);
    return link.inputValue();
  }

  private async toClipboard(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }
}

/** The worker that decides; Monaco has one of its own. */
export function engineOf(page: Page): Worker {
  const engine = page.workers().find((worker) => worker.url().includes('engine'));
  if (engine === undefined) throw new Error('the page has no engine worker');
  return engine;
}
