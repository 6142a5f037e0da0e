import { burst, fragment, payload, seedPolicy } from './documents.ts';
import { Playground } from './playground.ts';
import { expect, test } from './test.ts';

test('a shared link gives the same decisions to a stranger', async ({ playground, browser }) => {
  await playground.openDecided(fragment(seedPolicy(7), burst(100)));
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

const whole = fragment(seedPolicy(7), burst(100));
const damaged = [
  { what: 'truncated', link: whole.slice(0, -20) },
  { what: 'not base64url', link: '#v1.%%%' },
  { what: 'not JSON', link: `#v1.${Buffer.from('plain').toString('base64url')}` },
  { what: 'from an unknown version', link: whole.replace('#v1.', '#v9.') },
  { what: 'longer than its cap', link: `#v1.${'A'.repeat(70_000)}` },
  { what: 'inflating without end', link: `#v1.${payload({ v: 1, title: 'x'.repeat(8_000_000) })}` },
  { what: 'with fields of the wrong type', link: `#v1.${payload({ v: 1, policy: 5 })}` },
];

test('links that cannot be opened say so and leave everything usable', async ({ playground }) => {
  for (const { what, link } of damaged) {
    await test.step(what, async () => {
      await playground.page.goto('about:blank');
      await playground.openDecided(link);
      await expect(playground.html).toHaveAttribute('data-link', 'rejected');
      await expect(playground.html).toHaveAttribute('data-link-error', /./);
      await expect(playground.page.getByRole('alert')).toContainText(/link/i);
      await playground.expectRun({ calls: 133, allowed: 80, denied: 53 });
    });
  }
});
