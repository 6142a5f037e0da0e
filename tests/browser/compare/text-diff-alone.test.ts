import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import TextDiff from '../../../src/ui/compare/TextDiff.svelte';

vi.mock('../../../src/editor/diff-editor.ts', () => ({
  openDiffEditor() {
    throw new Error('no editor here');
  },
}));

test('an editor that cannot be had is mentioned, and the lines stay', async () => {
  const [before, after] = [
    { text: '{\n  "a": 1\n}', yaml: false },
    { text: '{\n  "a": 2\n}', yaml: false },
  ];
  await render(TextDiff, { before, after, onleave: () => undefined });
  await expect.element(page.getByText(/^The full editor could not be loaded/)).toBeVisible();
  const region = page.getByRole('region', { name: 'Changes from A to B' });
  await expect.element(region).toHaveTextContent(/− +"a": 1\s*\+ +"a": 2/);
});
