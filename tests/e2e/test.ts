import { expect, test as base } from '@playwright/test';
import { Playground } from './playground.ts';

/**
 * Every spec gets a page object, and fails when the page throws or logs an error it did not announce
 * with `expectedErrors`.
 */
export const test = base.extend<{ playground: Playground; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  playground: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await use(new Playground(page));
    expect(errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
  },
});

export { expect };
