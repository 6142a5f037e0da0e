import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');
const headers = readFileSync(new URL('../../../public/_headers', import.meta.url), 'utf8');
const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1] ?? '';

test('the one inline script is the one the content security policy knows', () => {
  const inline = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => text ?? '');
  expect(inline).toHaveLength(1);
  const hash = createHash('sha256')
    .update(inline[0] ?? '')
    .digest('base64');
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
});

test('the page and the headers have one content security policy', () => {
  expect(headers).toContain(`Content-Security-Policy: ${policy}\n`);
});

test('scripts come from this site only, are never made from text, and reach nobody', () => {
  expect(policy).not.toContain('unsafe-eval');
  expect(/script-src [^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe-inline|https?:|\*/);
  expect(policy).toContain("connect-src 'self'");
  expect(policy.startsWith("default-src 'none'")).toBe(true);
});
