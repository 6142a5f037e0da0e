import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Finding {
  readonly impact: string;
  readonly words: string;
}

/** Everything axe finds in the page's own document as it is now, or in the parts of it that a selector names. */
async function found(page: Page, within: string): Promise<Finding[]> {
  // why: axe is half a megabyte, and a document that has it keeps it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const { run } = Reflect.get(globalThis, 'axe') as typeof axe;
    // why: half a change of colours is neither of both.
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { violations } = await run(selector, { resultTypes: ['violations'], iframes: false, elementRef: false });
    return violations.map(({ id, impact, nodes }) => ({
      impact: impact ?? '',
      words: `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    }));
  }, within);
}

/** What axe finds, whatever its weight: `rule: where, where`. Frames are documents of their own and left out. */
export async function axeFindings(page: Page, within = 'html'): Promise<string[]> {
  return (await found(page, within)).map(({ words }) => words);
}

/** As `axeFindings`, but only what axe calls serious or critical. */
export async function graveFindings(page: Page, within = 'html'): Promise<string[]> {
  const findings = await found(page, within);
  return findings.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ words }) => words);
}
