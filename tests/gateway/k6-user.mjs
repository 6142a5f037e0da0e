import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { loadScript } from './k6-modules.mjs';

/**
 * One virtual user. A script blocks while it sleeps or waits for an answer, so each has a thread; what it asks for goes
 * through a port, and the thread stands still until the answer is there.
 *
 * @type {{ code: string, env: Record<string, string>, vu: number, data: unknown, clock: Float64Array,
 *   signal: Int32Array, port: import('node:worker_threads').MessagePort }}
 */
const { code, env, vu, data, clock, signal, port } = workerData;

/** @param {unknown} question */
function ask(question) {
  port.postMessage(question);
  Atomics.wait(signal, 0, 0);
  Atomics.store(signal, 0, 0);
  return receiveMessageOnPort(port)?.message;
}

const now = () => clock[0] ?? 0;
/** @type {import('./k6-modules.mjs').Host} */
const host = {
  env,
  vu,
  now,
  wait: (ms) => void ask({ kind: 'sleep', untilMs: now() + ms }),
  request: (method, url, body, headers) => ask({ kind: 'request', method, url, body, headers }),
  lines: [],
  samples: [],
};
await loadScript(code, host).default(data);
port.postMessage({ kind: 'done', lines: host.lines, samples: host.samples });
port.close();
