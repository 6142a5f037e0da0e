import { expect, test } from 'vitest';
import { isReserved } from '../../../src/editor/keys.ts';

function key(name: string, held: { ctrl?: boolean; meta?: boolean; alt?: boolean; altGraph?: boolean } = {}) {
  return {
    key: name,
    ctrlKey: held.ctrl ?? false,
    metaKey: held.meta ?? false,
    altKey: held.alt ?? false,
    getModifierState: () => held.altGraph ?? false,
  };
}

test.each(['s', 'f', 'k', 'l', 'p', 't', 'w', 'n', 'r', 'd', 'D', '+', '-', '0'])(
  'Ctrl and ⌘ %s stay the browser’s',
  (name) => {
    expect(isReserved(key(name, { ctrl: true }))).toBe(true);
    expect(isReserved(key(name, { meta: true }))).toBe(true);
  },
);

test.each(['F1', 'F3', 'F12'])('%s stays the browser’s', (name) => {
  expect(isReserved(key(name))).toBe(true);
});

test('combinations with Alt stay the system’s', () => {
  expect(isReserved(key('ArrowUp', { alt: true }))).toBe(true);
  expect(isReserved(key('f', { alt: true, ctrl: true }))).toBe(true);
});

test('what types text, moves or undoes is the editor’s', () => {
  for (const name of ['a', 'F', 's', '0', '-', 'ArrowUp', 'Enter']) expect(isReserved(key(name))).toBe(false);
  for (const name of ['z', 'y', 'a', 'c', 'v', '.']) expect(isReserved(key(name, { ctrl: true }))).toBe(false);
  expect(isReserved(key('{', { ctrl: true, alt: true, altGraph: true }))).toBe(false);
});
