import { expect, test } from 'vitest';
import { fileNameOf } from '../../../src/ui/header/file-name.ts';

test.each([
  ['Runaway ticket loop', 'runaway-ticket-loop.json'],
  ['  Größe: Café / ../etc  ', 'große-cafe-etc.json'],
  ['', 'policy.json'],
  ['… 😀', 'policy.json'],
  ['v1.2', 'v1-2.json'],
  [`${'a'.repeat(59)} b`, `${'a'.repeat(59)}.json`],
])('%j is saved as %s', (title, name) => {
  expect(fileNameOf(title, 'json')).toBe(name);
});
