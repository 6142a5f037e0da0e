import { expect, test as base } from '@playwright/test';
import { Playground } from './playground.ts';

/**
 * Every spec gets a page object, and fails when the page throws or logs an error it did not announce with
 * `expectedErrors`, when anything breaks its content security policy, or when it asks another site for anything.
 */
export const test = base.extend<{ playground: Playground; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  playground: async ({ page, baseURL, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const own = new URL(baseURL ?? 'http://127.0.0.1/').origin;
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const isLocal = protocol === 'blob:' || protocol === 'data:';
      if (!isLocal && origin !== own) errors.push(`asked another site: ${request.url()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`against the content security policy: ${violatedDirective} ${blockedURI}`);
      });
    });
    await use(new Playground(page));
    expect(errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
  },
});

export { expect };
