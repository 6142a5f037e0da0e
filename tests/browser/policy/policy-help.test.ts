import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { opensCompletion, plainMarkdown } from '../../../src/editor/assistance.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import PolicyPane from '../../../src/ui/policy/PolicyPane.svelte';
import { openPlayground } from '../shell/open-playground.ts';

let playground: Playground;
let frame: HTMLElement;

const editor = () => page.getByRole('textbox', { name: 'Policy text' });
const text = () => playground.workspace.policyText;
const rows = () =>
  [...document.querySelectorAll('.suggest-widget.visible .monaco-list-row .label-name')].map((row) => row.textContent);
const hints = () =>
  [...frame.querySelectorAll('.result-hint')].map((hint) => hint.textContent.replaceAll('\u00a0', ' '));

beforeEach(() => {
  frame = document.createElement('section');
  frame.style.cssText = 'display:flex;flex-direction:column;width:600px;height:800px';
  document.body.append(frame);
});
afterEach(() => {
  playground.close();
  frame.remove();
});

async function showFull(policyText: string): Promise<void> {
  playground = openPlayground({ policyText });
  await render(PolicyPane, { target: frame, props: { playground, active: true } });
  await expect.element(editor()).toBeVisible();
  await playground.workspace.recheck();
  await playground.run.start();
  const isFull = () => frame.querySelector('.monaco-editor') !== null && frame.querySelector('.numbers') === null;
  await expect.poll(isFull, { timeout: 20_000 }).toBe(true);
  editor().element().focus();
}

describe('completion', () => {
  test('opens on Ctrl+Space and is accepted by keyboard', async () => {
    await showFull('{ "version": "1", "default": "deny", "tools": { "create_escrow": {  } } }');
    await userEvent.keyboard('{Control>}{End}{/Control}{ArrowLeft>6/}{Control>} {/Control}');
    await expect.poll(rows).toContain('spend cap');
    await userEvent.keyboard('lim{Enter}');
    await expect.poll(text).toContain('"counter": "create_escrow_rate"');
    await expect.poll(() => playground.workspace.checkedText === text()).toBe(true);
    expect(playground.workspace.errors).toEqual([]);
  });

  test('opens on a quote, and offers words next', async () => {
    await showFull('{\n  "version": "1",\n  \n}');
    await userEvent.keyboard('{Control>}{End}{/Control}{ArrowUp}{End}"');
    await expect.poll(rows).toContain('default');
    await userEvent.keyboard('def{Enter}');
    await expect.poll(rows).toEqual(['deny', 'allow']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(text).toBe('{\n  "version": "1",\n  "default": "deny"\n}');
  });

  test('opens while a YAML field is written', async () => {
    await showFull('version: "1"\ntools:\n');
    await userEvent.keyboard('{Control>}{End}{/Control}def');
    await expect.poll(rows).toContain('default');
    await userEvent.keyboard('{Enter}');
    await expect.poll(rows).toEqual(['deny', 'allow']);
  });

  test.each([
    ['"', '  "', '"', false, true],
    ['"', '  "a"', '', false, false],
    ['.', '"path": "args.', '"', false, true],
    ['.', '"on_deny": "No.', '"', false, false],
    [' ', '"op": ', '', false, true],
    [' ', '"on_deny": "No ', '"', false, false],
    [':', '"op":', '', false, true],
    [' ', 'op: ', '', true, true],
    [' ', '  - ', '', true, true],
    [' ', 'on_deny: no ', '', true, false],
  ])('a typed %j behind %j asks the worker: %#', (typed, before, after, yaml, asks) => {
    expect(opensCompletion(typed, before, after, yaml)).toBe(asks);
  });
});

describe('what is said about a word', () => {
  test('stands in the foot, with what its rule did', async () => {
    await showFull(
      '{ "version": "1", "default": "deny", "tools": { "issue_audit_ticket": { "limits": [ { "counter": "c", "window": "minute", "max": 30 } ] } } }',
    );
    await userEvent.keyboard('{Control>}{End}{/Control}{ArrowLeft>12/}');
    await page.getByRole('button', { name: 'Explain' }).click();
    const box = page.getByRole('dialog', { name: 'Explanation' });
    await expect.element(box.getByText('The most that fits into one window')).toBeVisible();
    await expect.element(box.getByText(/In the last run: decided \d+ of 120 calls\./)).toBeVisible();
  });

  test('is shown as it is, whatever it holds', () => {
    expect(plainMarkdown('a *b* [c](d) `e*` <f>')).toBe('a \\*b\\* \\[c\\]\\(d\\) `e*` \\<f\\>');
  });
});

describe('coverage', () => {
  // why: only lines in view are drawn.
  const RULES = [
    '{ "version": "1", "default": "deny", "tools": {',
    '  "issue_audit_ticket": {',
    '    "require": [',
    '      { "conditions": [{ "path": "args.agentId", "op": "exists", "value": true }] }],',
    '    "limits": [',
    '      { "counter": "c", "window": "minute", "max": 30 }] },',
    '  "mystery": { "deny_if": [',
    '    { "conditions": [] }] }',
    '} }',
  ].join('\n');

  test('says at the ends of lines and in the margin what decided nothing', async () => {
    await showFull(RULES);
    await expect.poll(hints).toContain('never denied, 120 calls passed');
    expect(hints()).toContain('40 by this limit');
    await expect.poll(() => frame.querySelector('.cover.passed') !== null).toBe(true);
    expect(frame.querySelector('.cover.decided')).not.toBeNull();
    expect(hints()).toContain('never reached');
    expect(frame.querySelector('.cover.unreached')).not.toBeNull();
  });

  test('leads from a result to its calls', async () => {
    await showFull(RULES);
    await expect.poll(hints).toContain('40 by this limit');
    await page.getByText('40 by this limit').click();
    await expect.poll(() => playground.selection.tab).toBe('log');
    expect(playground.selection.filter).toMatchObject({
      rules: ['/tools/issue_audit_ticket/limits/c'],
      tools: ['issue_audit_ticket'],
    });
  });
});

describe('format', () => {
  test('lays YAML out as one undo step, and keeps comments', async () => {
    const before = '# top\nversion:    "1"\ntools:\n     x:\n         rules: []\n';
    await showFull(before);
    await page.getByRole('button', { name: 'Format' }).click();
    await expect.poll(text).toBe('# top\nversion: "1"\ntools:\n  x:\n    rules: []\n');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(text).toBe(before);
  });

  test('says why it left a text alone', async () => {
    await showFull('{ "version": ');
    await page.getByRole('button', { name: 'Format' }).click();
    await expect.element(page.getByText('Not formatted: the text is no whole JSON document')).toBeVisible();
  });
});
