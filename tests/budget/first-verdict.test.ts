import { expect, it } from 'vitest';
import { embedFiles, firstVerdictFiles } from './first-verdict.mjs';

const chunk = (file: string, source: string | null, imports: string[] = [], packages: string[] = []) => ({
  file,
  source,
  isEntry: source !== null,
  imports,
  packages,
});

const page = chunk('main.js', 'index.html', ['shared.js'], ['svelte']);
const worker = chunk('worker.js', 'workers/engine.worker.ts', [], ['comlink']);
const editor = chunk('editor.js', 'src/editor/mount.ts', ['shared.js'], ['monaco-editor']);

it('counts the page, the worker and what they import, and nothing lazy', () => {
  const chunks = [page, worker, editor, chunk('shared.js', null, ['deep.js']), chunk('deep.js', null, ['shared.js'])];
  expect(firstVerdictFiles(chunks)).toEqual(['deep.js', 'main.js', 'shared.js', 'worker.js']);
});

it('counts the shell although the entry loads it dynamically', () => {
  const shell = chunk('App.js', 'src/ui/App.svelte', [], ['bits-ui']);
  expect(firstVerdictFiles([page, worker, shell])).toEqual(['App.js', 'main.js', 'worker.js']);
});

it.each(['monaco-editor', 'jose', 'yaml', 're2js'])('refuses %s', (name) => {
  const chunks = [page, worker, chunk('shared.js', null, [], ['svelte', name])];
  expect(() => firstVerdictFiles(chunks)).toThrow(`${name} is needed for the first verdict: shared.js holds it`);
});

it('refuses a build without page or worker', () => {
  expect(() => firstVerdictFiles([worker])).toThrow('the build has no page chunk');
  expect(() => firstVerdictFiles([page])).toThrow('the build has no worker chunk');
});

it('counts an embed without its worker, and refuses a build that has none', () => {
  const embed = chunk('embed.js', 'src/embed/start.ts', ['shared.js'], ['svelte']);
  expect(embedFiles([page, worker, embed, chunk('shared.js', null)])).toEqual(['embed.js', 'main.js', 'shared.js']);
  expect(() => embedFiles([page, worker])).toThrow('the build has no embed chunk');
});
