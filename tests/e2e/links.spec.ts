import { burst, fragment, pack, payload, pretty, seedPolicy } from './documents.ts';
import { Playground } from './playground.ts';
import { expect, test } from './test.ts';

const whole = fragment(seedPolicy(7), burst(100));

test('a shared link gives the same decisions to a stranger', async ({ playground, browser }) => {
  await playground.openDecided(whole);
  await playground.expectRun({ calls: 100, allowed: 14, denied: 86 });
  const digest = await playground.digest();
  const link = await playground.shareLink();
  const stranger = new Playground(await (await browser.newContext()).newPage());
  await stranger.page.goto(link);
  await stranger.expectRun({ state: 'done', calls: 100, allowed: 14, denied: 86 });
  await expect(stranger.html).toHaveAttribute('data-link', 'opened');
  expect(await stranger.digest()).toBe(digest);
  await stranger.page.context().close();
});

test('a link opens beside the work of its reader, who keeps theirs or takes it over', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.setPolicy(pretty(seedPolicy(10)));
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await page.goto(`./${whole}`);
  await playground.expectRun({ state: 'done', calls: 100, allowed: 14 });
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await expect(playground.html).toHaveAttribute('data-link', 'none');
  await expect(page).not.toHaveURL(/#/);
  await page.goto(`./${whole}`);
  await playground.expectRun({ state: 'done', calls: 100, allowed: 14 });
  await page.getByRole('button', { name: 'Use this' }).click();
  await expect(page.getByRole('button', { name: 'Keep mine' })).toBeHidden();
  await page.goto('about:blank');
  await playground.openDecided();
  await playground.expectRun({ calls: 100, allowed: 14 });
});

const damaged = [
  { what: 'truncated', link: whole.slice(0, -20), code: 'damaged' },
  { what: 'not base64url', link: '#v1.%%%', code: 'damaged' },
  { what: 'not compressed', link: `#v1.${Buffer.from('plain').toString('base64url')}`, code: 'damaged' },
  { what: 'not JSON', link: `#v1.${pack('plain')}`, code: 'damaged' },
  { what: 'from an unknown version', link: whole.replace('#v1.', '#v9.'), code: 'unknown-version' },
  { what: 'longer than its cap', link: `#v1.${'A'.repeat(70_000)}`, code: 'too-long' },
  { what: 'inflating without end', link: `#v1.${payload({ v: 1, title: 'x'.repeat(8_000_000) })}`, code: 'too-large' },
  { what: 'nested without end', link: `#v1.${pack('['.repeat(5_000))}`, code: 'too-deep' },
  { what: 'with fields of the wrong type', link: `#v1.${payload({ v: 1, policy: 5 })}`, code: 'invalid' },
];

test('links that cannot be opened say so and leave everything usable', async ({ playground, page }) => {
  for (const { what, link, code } of damaged) {
    await test.step(what, async () => {
      await page.goto('about:blank');
      await playground.openDecided(link);
      await expect(playground.html).toHaveAttribute('data-link', 'rejected');
      await expect(playground.html).toHaveAttribute('data-link-error', code);
      await expect(playground.linkAlert).toContainText(/link/i);
      await playground.expectRun({ calls: 133, allowed: 80, denied: 53 });
    });
  }
  await playground.linkAlert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(playground.html).toHaveAttribute('data-link', 'none');
  await playground.setPolicy(pretty(seedPolicy(10)));
  await playground.expectRun({ state: 'done', allowed: 40 });
});

test('edits of what a link opened are kept when another link, or the own work, takes their place', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  await playground.setPolicy(pretty(seedPolicy(10)));
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await page.goto(`./${whole}`);
  await playground.expectRun({ state: 'done', calls: 100, allowed: 14 });
  await playground.setPolicy(pretty(seedPolicy(5)));
  await playground.expectRun({ state: 'done', allowed: 10 });
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await playground.expectRun({ state: 'done', calls: 100, allowed: 10 });
  await expect(page.getByRole('button', { name: 'Keep mine' })).toBeHidden();
  await page.goto(`./${fragment(seedPolicy(3), burst(50))}`);
  await playground.expectRun({ state: 'done', calls: 50, allowed: 6 });
  await playground.setPolicy(pretty(seedPolicy(4)));
  await playground.expectRun({ state: 'done', allowed: 8 });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Projects…' }).click();
  await page.getByRole('dialog', { name: 'Projects' }).getByRole('button', { name: 'Open' }).first().click();
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await playground.expectRun({ state: 'done', calls: 50, allowed: 8 });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Projects…' }).click();
  await expect(page.getByRole('dialog', { name: 'Projects' }).getByRole('listitem')).toHaveCount(3);
});

test('Back takes a link off the screen, and forward puts it there again', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.setPolicy(pretty(seedPolicy(10)));
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await page.goto(`./${whole}`);
  await playground.expectRun({ state: 'done', calls: 100, allowed: 14 });
  await page.goBack();
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40 });
  await expect(page.getByRole('button', { name: 'Keep mine' })).toBeHidden();
  await page.goForward();
  await playground.expectRun({ state: 'done', calls: 100, allowed: 14 });
});

test('a link may name a moment that no clock has', async ({ playground }) => {
  for (const atMs of [1e300, -1e300]) {
    await playground.page.goto('about:blank');
    const document = { v: 1, engine: '0.1.0', policy: { dialect: 'policylayer', text: pretty(seedPolicy(7)) } };
    await playground.openDecided(`#v1.${payload({ ...document, scenario: burst(10), view: { atMs } })}`);
    await playground.expectRun({ state: 'done', calls: 10, allowed: 10 });
    await expect(playground.html).toHaveAttribute('data-link', 'opened');
  }
});

test('an example that is not there is said, and what is on screen stays', async ({ playground, page }) => {
  await playground.openDecided('?example=n\u200bone');
  await expect(page.getByRole('alert').filter({ hasText: 'no example named “n‹U+200B›one”' })).toBeVisible();
  await playground.expectRun({ calls: 133, allowed: 80 });
});
