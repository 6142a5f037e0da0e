import { expect, test as base, type FrameLocator } from '@playwright/test';
import { docsPage, serve, serveSite, type Served } from './host-pages.ts';

interface Hosts {
  readonly playground: string;
  /** Opens a page of another origin with this body. */
  readonly open: (body: string, script?: string) => Promise<void>;
  /** Opens a page of the site in `host/`, on another port than the playground. */
  readonly openSite: (path: string) => Promise<void>;
}

/** Opens pages of another origin; the test fails when anything logs an error, or when storage of any kind is asked for. */
export const test = base.extend<Hosts & { served: Served[] }>({
  playground: async ({ baseURL }, use) => use(baseURL ?? ''),
  served: async ({ page }, use) => {
    const errors: string[] = [];
    const servers: Served[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.addInitScript(watchStorage);
    await use(servers);
    for (const server of servers) server.close();
    expect(errors).toEqual([]);
  },
  open: async ({ page, served }, use) => {
    await use(async (body, script) => {
      const host = await serve(docsPage(body, script));
      served.push(host);
      await page.goto(host.url);
    });
  },
  openSite: async ({ page, served, playground }, use) => {
    await use(async (path) => {
      const host = await serveSite(playground);
      served.push(host);
      await page.goto(host.url + path);
    });
  },
});

export { expect };

/** Runs in every frame: whoever reaches for storage, a cookie or a service worker is told on. */
function watchStorage(): void {
  const tell = (name: string): never => {
    console.error(`storage touched: ${name} in ${location.pathname}${location.search}`);
    throw new Error(name);
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
    Object.defineProperty(window, name, { get: () => tell(name) });
  }
  Object.defineProperty(navigator, 'serviceWorker', { get: () => tell('serviceWorker') });
  Object.defineProperty(document, 'cookie', { get: () => tell('cookie'), set: () => tell('cookie') });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    console.error(`against the content security policy: ${violatedDirective} ${blockedURI}`);
  });
}

/** Waits until an embed has decided, with so many calls allowed. */
export async function expectDone(frame: FrameLocator, allowed: number): Promise<void> {
  const run = frame.locator('[data-part="run"]');
  await expect(run).toHaveAttribute('data-state', 'done');
  await expect(run).toHaveAttribute('data-allowed', String(allowed));
}
