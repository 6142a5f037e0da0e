import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { formatFile } from '../../../src/share/file.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import PolicyPane from '../../../src/ui/policy/PolicyPane.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

const YAML = 'version: "1"\ndefault: deny\n';

let playground: Playground;
let frame: HTMLElement;

const overlay = () => page.getByText('Drop to open a policy, a scenario or a saved file');
// why: the full editor, where it has come already, keeps alerts of its own.
const alert = () => page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Dismiss' }) });
const editor = () => page.getByRole('textbox', { name: 'Policy text' }).element();
const text = () => playground.workspace.policyText;

beforeEach(async () => {
  frame = document.createElement('section');
  frame.style.cssText = 'display:flex;flex-direction:column;width:600px;height:800px';
  document.body.append(frame);
  playground = openPlayground();
  await playground.run.start();
  await render(PolicyPane, { target: frame, props: { playground, active: true } });
  await expect.poll(() => drag('dragover', [file('a.json', '{}')]).defaultPrevented).toBe(true);
  drag('dragleave', []);
});
afterEach(() => {
  playground.close();
  frame.remove();
});

function file(name: string, content: string | Uint8Array<ArrayBuffer>): File {
  return new File([content], name);
}
/** Lets a drag of files, or of text where there are none, meet `target`. */
function drag(type: string, files: readonly File[], target: Element = editor()): DragEvent {
  const dataTransfer = new DataTransfer();
  for (const each of files) dataTransfer.items.add(each);
  if (files.length === 0) dataTransfer.setData('text/plain', 'dragged');
  const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
  target.dispatchEvent(event);
  return event;
}

describe('a file over the policy', () => {
  test('is shown to be welcome until it leaves', async () => {
    drag('dragover', [file('policy.yaml', YAML)]);
    await expect.element(overlay()).toBeVisible();
    drag('dragleave', [file('policy.yaml', YAML)]);
    await expect.poll(() => overlay().query()).toBeNull();
  });

  test('is refused beside it, so that the page stays', async () => {
    const event = drag('dragover', [file('policy.yaml', YAML)], document.body);
    expect(event.defaultPrevented).toBe(true);
    expect(overlay().query()).toBeNull();
  });

  test('is nothing to dragged text', () => {
    expect(drag('dragover', []).defaultPrevented).toBe(false);
    expect(drag('drop', []).defaultPrevented).toBe(false);
    expect(text()).toBe(SEED.policyText);
  });
});

describe('a dropped file', () => {
  test('is opened as a policy, its dialect recognised, and can be taken back', async () => {
    playground.workspace.dialect = 'policylayer';
    drag('drop', [file('policy.yaml', YAML)]);
    await expect.poll(text).toBe(YAML);
    await expect.element(page.getByRole('button', { name: /^Dialect/ })).toHaveTextContent('Intercept');
    expect(playground.replaced?.words).toBe('Policy of policy.yaml opened.');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(text()).toBe(SEED.policyText);
    playground.bringBack();
    expect(playground.workspace.work).toEqual({ ...SEED, dialect: 'policylayer' });
  });

  test('that is a scenario replaces the scenario alone', async () => {
    const scenario = { ...SEED.scenario, name: 'Dropped' };
    drag('drop', [file('scenario.json', JSON.stringify(scenario))]);
    await expect.poll(() => playground.workspace.title).toBe('Dropped');
    expect(text()).toBe(SEED.policyText);
  });

  test('that holds everything replaces everything', async () => {
    const content = {
      title: 'Kept',
      policy: { dialect: 'intercept', text: YAML },
      scenario: SEED.scenario,
      windows: 'sliding',
    } as const;
    drag('drop', [file('policy-playground.json', formatFile(content))]);
    await expect.poll(() => playground.workspace.work).toMatchObject({ title: 'Kept', windows: 'sliding' });
    expect(text()).toBe(YAML);
  });

  test.each([
    ['large', [file('big.json', new Uint8Array(2 * 1_048_576 + 1))], /big\.json is larger than 2 MB/],
    ['binary', [file('a.png', new Uint8Array([137, 80, 78, 71, 0]))], /a\.png is not a text file/],
    ['not UTF-8', [file('old.yaml', new Uint8Array([0x61, 0xe4, 0x62]))], /old\.yaml is not written in UTF-8/],
    ['one of several', [file('a.json', '{}'), file('b.json', '{}')], /Drop them one by one/],
    ['no scenario that fits', [file('s.json', '{"agents":1}')], /s\.json is a scenario that does not fit/],
    ['a newer saved file', [file('n.json', '{"v":9}')], /n\.json/],
  ] as const)('that is %s is refused in words, and nothing changes', async (_what, files, words) => {
    drag('drop', files);
    await expect.element(alert()).toHaveTextContent(words);
    expect(playground.workspace.work).toEqual(SEED);
    expect(playground.replaced).toBeNull();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => alert().query()).toBeNull();
  });
});
