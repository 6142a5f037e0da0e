import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchFocus } from '../../../src/ui/kit/catch-focus.ts';

let stop: () => void;
let host: HTMLElement;

beforeEach(() => {
  host = document.createElement('div');
  host.innerHTML = `
    <div id="bar"><p>Opened.</p><button id="keep">Keep mine</button><button id="use">Use this</button></div>
    <ul><li><button id="first">First</button></li><li><button id="second">Second</button></li></ul>
    <input id="field" /><button id="off" disabled>Off</button><a id="end" href="#end">End</a>`;
  document.body.append(host);
  stop = catchFocus();
});
afterEach(() => {
  stop();
  host.remove();
});

const get = (id: string): HTMLElement => document.getElementById(id)!;
const focused = () => expect.poll(() => document.activeElement?.id ?? '');

test.each([
  ['to the next of its kind', 'keep', 'use', () => get('keep').remove()],
  ['behind a bar that is dismissed', 'use', 'first', () => get('bar').remove()],
  ['to the row before the last one', 'second', 'first', () => get('second').closest('li')?.remove()],
  ['past fields and what is off', 'first', 'end', () => host.querySelector('ul')?.remove()],
  ['away from a button that is disabled', 'first', 'second', () => get('first').setAttribute('disabled', '')],
])('goes %s', async (_, from, to, change) => {
  get(from).focus();
  change();
  await focused().toBe(to);
});

test('stays where others put it', async () => {
  get('keep').focus();
  get('bar').remove();
  get('second').focus();
  await new Promise(requestAnimationFrame);
  await focused().toBe('second');
});

test('goes nowhere when nothing had it, or what had it is still there', async () => {
  get('bar').remove();
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(document.body);
  get('first').focus();
  get('first').blur();
  get('second').remove();
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(document.body);
});
