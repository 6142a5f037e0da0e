import { expect, test } from 'vitest';
import { anyOf, counted, grouped, perWindow, quoted } from '../../../src/core/policy/wording.ts';

test.each([
  ['max', '`max`'],
  ['größe 1', '`größe 1`'],
  ['a`b', "`a'b`"],
  ['a\n\u0000\u00a0\u200b\ud800', '`a\\n\\u0000\\u00a0\\u200b\\ud800`'],
  ['x'.repeat(61), `\`${'x'.repeat(60)}…\``],
])('%j is quoted as %s', (text, shown) => expect(quoted(text)).toBe(shown));

test('lists, counts and lengths are said as people say them', () => {
  expect([anyOf(['a']), anyOf(['a', 'b']), anyOf(['a', 'b', 'c'])]).toEqual(['`a`', '`a` or `b`', '`a`, `b` or `c`']);
  expect([counted(0, 'tool'), counted(1, 'tool'), counted(1000, 'tool')]).toEqual(['0 tools', '1 tool', '1,000 tools']);
  expect([999, 1234567, -1000, 1234.5678, 1e21].map(grouped)).toEqual([
    '999',
    '1,234,567',
    '-1,000',
    '1,234.5678',
    '1e+21',
  ]);
  expect([60_000, 3_600_000, 86_400_000, 90_000, 86_399_000].map(perWindow)).toEqual([
    'a minute',
    'an hour',
    'a day',
    'every 90 s',
    'every 86,399 s',
  ]);
});
