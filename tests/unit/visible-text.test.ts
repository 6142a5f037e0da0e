import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLine, visibleText } from '../../src/ui/kit/visible-text.ts';

describe('names as they are shown', () => {
  it.each([
    ['issue_audit_ticket', 'issue_audit_ticket'],
    ['two words, 100 %', 'two words, 100 %'],
    ['größe', 'größe'],
    ['платёж', 'платёж'],
    ['支払い', '支払い'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['issue_audit_ticket\u200b', 'issue_audit_ticket‹U+200B›'],
    ['pay\u202etxt', 'pay‹U+202E›txt'],
    ['\u2066a\u2069', '‹U+2066›a‹U+2069›'],
    ['a\u00a0b', 'a‹U+00A0›b'],
    ['a\ufe0f', 'a‹U+FE0F›'],
    ['\u3164', '‹U+3164›'],
    ['a\tb\n', 'a‹U+0009›b‹U+000A›'],
    ['\u{e0041}', '‹U+E0041›'],
    ['\ud800', '‹U+D800›'],
    ['iss\u0443e', 'iss\u0443‹U+0443›e'],
    ['\uff49ssue', '\uff49‹U+FF49›ssue'],
    ['', ''],
  ])('%j is shown as %j', (name, shown) => {
    expect(visibleText(name)).toBe(shown);
  });

  it('leaves nothing unseen, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(/(?! )[\p{C}\p{Z}]/u.test(visibleText(name))).toBe(false);
      }),
    );
  });

  it('leaves tabs and letters of any script in lines, and nothing that turns or hides', () => {
    expect(visibleLine('\tпривет \u202e<b>\u200b')).toBe('\tпривет ‹U+202E›<b>‹U+200B›');
  });

  it('leaves printable ASCII as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
        expect(visibleText(name)).toBe(name);
      }),
    );
  });
});
