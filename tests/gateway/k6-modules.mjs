import { compileFunction } from 'node:vm';

/**
 * What k6 gives a script, as far as exported scripts use it. `now` is the clock, `wait` and `request` block.
 *
 * @typedef {{ status: number, headers: Record<string, string>, body: string, error: string,
 *   timings: { duration: number } }} Response
 * @typedef {{ metric: string, value: number, tags: Record<string, string> }} Sample
 * @typedef {{
 *   env: Record<string, string>, vu: number, now: () => number, wait: (ms: number) => void,
 *   request: (method: string, url: string, body: string | null, headers: Record<string, string>) => Response,
 *   lines: string[], samples: Sample[],
 * }} Host
 */

/**
 * Runs a script, given as a CommonJS module, and returns what it exports.
 *
 * @param {string} code
 * @param {Host} host
 * @returns {any}
 */
export function loadScript(code, host) {
  /** @type {Record<string, unknown>} */
  const modules = {
    k6: {
      /** @type {(value: unknown, sets: Record<string, (value: unknown) => boolean>, tags: Record<string, string>) => boolean} */
      check(value, sets, tags) {
        const verdicts = Object.values(sets).map((holds) => holds(value));
        for (const holds of verdicts) host.samples.push({ metric: 'checks', value: holds ? 1 : 0, tags });
        return verdicts.every(Boolean);
      },
    },
    'k6/execution': { default: { vu: { idInTest: host.vu } } },
    'k6/http': { default: httpOf(host) },
    'k6/metrics': metricsOf(host),
  };
  const exports = {};
  class VirtualDate extends Date {
    /** @override */
    static now() {
      return host.now();
    }
  }
  const names = ['exports', 'require', '__ENV', 'Date', 'console', 'setTimeout'];
  // why: what an answer sets off comes before the clock moves on.
  const later = (/** @type {() => void} */ then, /** @type {number} */ ms) => {
    setImmediate(() => {
      host.wait(ms);
      then();
    });
  };
  const printer = { log: (/** @type {string} */ line) => host.lines.push(line) };
  const find = (/** @type {string} */ name) => {
    if (!(name in modules)) throw new Error(`a script may not import ${name}`);
    return { __esModule: true, ...Object(modules[name]) };
  };
  compileFunction(code, names)(exports, find, host.env, VirtualDate, printer, later);
  return exports;
}

/** @param {Host} host */
function httpOf({ request }) {
  return {
    /** @type {(url: string, body: string, params: { headers: Record<string, string> }) => Response} */
    post: (url, body, { headers }) => request('POST', url, body, headers),
    /** @type {(method: string, url: string, body: string, params: { headers: Record<string, string> }) => Promise<Response>} */
    asyncRequest: (method, url, body, { headers }) => Promise.resolve(request(method, url, body, headers)),
    /** @type {(url: string, body: null, params: { headers: Record<string, string> }) => Response} */
    del: (url, body, { headers }) => request('DELETE', url, body, headers),
  };
}

/** @param {Host} host */
function metricsOf({ samples }) {
  class Metric {
    /** @param {string} name */
    constructor(name) {
      this.name = name;
    }
    /** @type {(value: number, tags?: Record<string, string>) => void} */
    add(value, tags = {}) {
      samples.push({ metric: this.name, value, tags });
    }
  }
  return { Counter: Metric, Trend: Metric };
}
