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
