import { startEngineWorker } from './engine-client.ts';

/** What comes before the script is there is kept for it. */
const KEEP = `const kept = [];
const keep = (event) => kept.push(event);
addEventListener('message', keep);
const give = () => {
  removeEventListener('message', keep);
  for (const { data } of kept) dispatchEvent(new MessageEvent('message', { data }));
};`;

/**
 * Imports the script it is to run. A page without an origin may not start one by its address, and no module at all, but
 * a worker of the old kind may import one.
 */
class ImportingWorker extends Worker {
  constructor(address: string | URL, { name = '' }: WorkerOptions = {}) {
    const load = `import(${JSON.stringify(String(address))}).then(give, reportError);`;
    super(URL.createObjectURL(new Blob([KEEP, load], { type: 'text/javascript' })), { name });
  }
}

/** Starts the worker from a sandboxed frame, or from a tab that such a frame opened; the host must allow any origin. */
export function startFramedWorker(): Worker {
  return startEngineWorker(ImportingWorker);
}
