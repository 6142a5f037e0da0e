import { expect } from 'vitest';
import { page } from 'vitest/browser';

/** Closes what a test has left open: a dialog stands on the page itself, so it outlives the component it came from. */
export async function closeDialogs(): Promise<void> {
  const buttons = page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true });
  for (const button of buttons.elements()) (button as HTMLElement).click();
  await expect.poll(() => buttons.elements().length).toBe(0);
}
