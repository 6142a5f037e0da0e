import { describe, expect, test } from 'vitest';
import { readParameters, wholePage } from '../../../src/embed/parameters.ts';

const plain = { theme: 'auto', view: 'split', runs: true, readonly: true, wrong: [] };

describe('the query of an embed', () => {
  test.each([
    ['?embed', {}],
    ['?embed&theme=dark&view=run&run=click&readonly=0', { theme: 'dark', view: 'run', runs: false, readonly: false }],
    ['?embed&theme=light&readonly=1&run=auto&view=policy', { theme: 'light', view: 'policy' }],
    ['?embed&theme=&view=RUN&run=1&readonly=yes', { wrong: ['theme', 'view', 'run', 'readonly'] }],
    ['?embed&theme=%00<script>&example=dodged-rule&utm=1', { wrong: ['theme'] }],
    ['?embed&theme=dark&theme=pink', { theme: 'dark' }],
    ['?embed&theme=%E0%A4%A', { wrong: ['theme'] }],
  ])('%s', (search, found) => {
    expect(readParameters(search)).toEqual({ ...plain, ...found });
  });

  test('is left behind by the whole page, other parameters are not', () => {
    const href = 'https://example.test/a/b/?embed&theme=dark&view=run&run=click&readonly=0&example=x#v1.old';
    expect(wholePage(href, '#v1.new')).toBe('https://example.test/a/b/?example=x#v1.new');
    expect(wholePage('https://example.test/?embed', '')).toBe('https://example.test/');
  });
});
