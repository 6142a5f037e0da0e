/**
 * The part of a k6 script that is the same for every run. `RUN` and `CALLERS` stand before it: the run as a whole, and
 * for each caller its calls, as JSON text that only the virtual user of that caller reads.
 */
export const SCRIPT_BODY = String.raw`
/**
 * @typedef {{ grant: string, session: string, token: string }} Caller
 * @typedef {{ name: string, hidden: string, approval: string | null }} Tool
 * @typedef {{
 *   name: string, calls: number, firstMs: number, spanMs: number, align: string, marks: string[],
 *   tools: Tool[], callers: Caller[], tokens: string[],
 * }} Run
 * @typedef {{ call: number[], at: number[], tool: number[], args: number[], outcome: number[], answer: number[],
 *   table: object[] }} Calls
 * @typedef {{ caller: Caller, id: string, version: string }} Session
 * @typedef {{ number: number, dueMs: number, tool: Tool, args: object, outcome: string, answer: string | null }} Call
 * @typedef {import('k6/http').RefinedResponse<'text'>} Response
 */

/** @type {Run} */
const run = JSON.parse(RUN);
const OUTCOMES = ['allow', 'deny', 'approval', 'hidden'];
const ANSWERS = [null, 'ok', 'tool_error', 'rpc_error', 'timeout'];
/** @type {Record<string, number>} */
const PERIOD_MS = { none: 0, minute: 60000, hour: 3600000, day: 86400000 };
/** How long before its first call a caller opens its MCP session. */
const LEAD_MS = 2000;
/** JSON-RPC code of a request that was given up. */
const REQUEST_TIMEOUT = -32001;
const PROTOCOL_VERSION = '2025-06-18';
const LONGEST_TEXT = 300;
const LONGEST_WAIT_MS = 3600000;

const align = __ENV.ALIGN || run.align;
const marks = __ENV.DENIED_PREFIX ? [__ENV.DENIED_PREFIX] : run.marks;
const disagreements = new Counter('policy_disagreements');
const otherAnswers = new Counter('policy_other_answers');
const late = new Trend('policy_call_late', true);

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    calls: {
      executor: 'per-vu-iterations',
      vus: run.callers.length,
      iterations: 1,
      maxDuration: Math.ceil((2 * run.spanMs + untilStart(Date.now())) / 1000 + 600) + 's',
    },
  },
  thresholds: { policy_disagreements: ['count==0'] },
};

/** @param {number} nowMs */
function untilStart(nowMs) {
  return startTime(nowMs) - nowMs;
}

/**
 * When the first call is due. Aligned, it has the same place within the minute, hour or day as in the run.
 * @param {number} nowMs
 */
function startTime(nowMs) {
  const soonest = __ENV.START_AT ? Date.parse(__ENV.START_AT) : nowMs + 2 * LEAD_MS;
  const period = PERIOD_MS[align];
  if (Number.isNaN(soonest)) throw new Error('START_AT is no time such as 2026-01-01T12:00:00Z');
  if (period === undefined) throw new Error('ALIGN is one of ' + Object.keys(PERIOD_MS).join(', '));
  return period === 0 ? soonest : soonest + ((((run.firstMs - soonest) % period) + period) % period);
}

export function setup() {
  const missing = ['GATEWAY_URL'].concat(run.tokens).filter((name) => __ENV[name] === undefined);
  if (missing.length > 0) throw new Error('Set ' + missing.join(', ') + ' with -e NAME=value');
  console.log(JSON.stringify({ run: run.name, calls: run.calls }));
  return { startMs: startTime(Date.now()) };
}

/**
 * One virtual user is one caller and makes its calls in order, each at its time, whether or not earlier ones have been
 * answered. A call that is due already (many at one moment, or a slow gateway) waits for the answer to the one before.
 * @param {{ startMs: number }} data
 */
export default async function (data) {
  const index = exec.vu.idInTest - 1;
  const caller = run.callers[index];
  const text = CALLERS[index];
  if (caller === undefined || text === undefined) return;
  /** @type {Session} */
  const session = { caller, id: '', version: '' };
  const calls = callsOf(JSON.parse(text), data.startMs);
  if (calls.length > 0) await waitUntil(calls[0].dueMs - LEAD_MS);
  openSession(session);
  /** @type {Set<Promise<void>>} */
  const open = new Set();
  let before = Promise.resolve();
  for (const call of calls) {
    if (call.dueMs > Date.now()) await waitUntil(call.dueMs);
    else await before;
    const made = makeCall(session, call);
    open.add(made);
    before = made.then(() => void open.delete(made));
  }
  await Promise.all([...open]);
  if (session.id !== '') http.del(__ENV.GATEWAY_URL, null, paramsOf(session, {}));
}

/**
 * Columns as calls; numbers and times are written as differences.
 * @param {Calls} columns
 * @param {number} startMs
 * @returns {Call[]}
 */
function callsOf(columns, startMs) {
  let number = 0;
  let dueMs = startMs;
  return columns.call.map((step, i) => {
    number += step;
    dueMs += columns.at[i];
    return {
      number,
      dueMs,
      tool: run.tools[columns.tool[i]],
      args: columns.table[columns.args[i]],
      outcome: OUTCOMES[columns.outcome[i]],
      answer: ANSWERS[columns.answer[i]],
    };
  });
}

/**
 * @param {number} atMs
 * @returns {Promise<void>}
 */
async function waitUntil(atMs) {
  for (let leftMs = atMs - Date.now(); leftMs > 0; leftMs = atMs - Date.now()) {
    await new Promise((resolve) => setTimeout(() => resolve(undefined), Math.min(leftMs, LONGEST_WAIT_MS)));
  }
}

/** @param {Session} session */
function openSession(session) {
  session.id = '';
  session.version = '';
  const clientInfo = { name: 'policy-playground-k6', version: '1.0.0' };
  const params = { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo };
  const response = post(session, { jsonrpc: '2.0', id: 0, method: 'initialize', params }, { name: 'initialize' });
  const answer = answerTo(0, response);
  session.id = headerOf(response, 'mcp-session-id');
  session.version = answer && answer.result ? String(answer.result.protocolVersion) : PROTOCOL_VERSION;
  post(session, { jsonrpc: '2.0', method: 'notifications/initialized' }, { name: 'notifications/initialized' });
}

/**
 * @param {Session} session
 * @param {Call} call
 */
async function makeCall(session, call) {
  const tags = { name: 'tools/call', predicted: call.outcome, tool: call.tool.name, grant: session.caller.grant };
  const params = { name: call.tool.name, arguments: call.args };
  const message = { jsonrpc: '2.0', id: call.number, method: 'tools/call', params };
  const sentMs = Date.now();
  const { id } = session;
  let response = await request(session, message, tags);
  if (response.status === 404 && id !== '') {
    if (session.id === id) openSession(session);
    response = await request(session, message, tags);
  }
  const found = judge(call, response);
  const agrees =
    found.actual === 'none' ? call.answer === 'timeout' : (call.outcome === 'allow') === (found.actual === 'allow');
  check(agrees, { 'decided as predicted': (value) => value }, tags);
  disagreements.add(agrees ? 0 : 1, tags);
  otherAnswers.add(found.answer === call.answer ? 0 : 1, tags);
  late.add(sentMs - call.dueMs);
  console.log(
    JSON.stringify({
      call: call.number,
      time: new Date(sentMs).toISOString(),
      tool: call.tool.name,
      grant: session.caller.grant,
      session: session.caller.session,
      predicted: call.outcome,
      actual: found.actual,
      agrees,
      expectedAnswer: call.answer,
      answer: found.answer,
      ms: response.timings.duration,
      lateMs: sentMs - call.dueMs,
      text: found.text.slice(0, LONGEST_TEXT),
    }),
  );
}

/**
 * What became of a call: refused by the gateway (its text starts with a mark, or HTTP says so), let through to the
 * server, or without an answer.
 * @param {Call} call
 * @param {Response} response
 * @returns {{ actual: string, answer: string | null, text: string }}
 */
function judge(call, response) {
  const answer = answerTo(call.number, response);
  if (answer === undefined) {
    const refused = response.status === 403 || response.status === 429;
    const why = 'HTTP ' + response.status + (response.error ? ': ' + response.error : '');
    return { actual: refused ? 'deny' : 'none', answer: refused ? null : 'timeout', text: why };
  }
  const text = answer.error ? String(answer.error.message) : textOf(answer.result);
  const isError = Boolean(answer.error || answer.result.isError);
  if (isError && marks.some((mark) => text.startsWith(mark))) {
    const told = text === call.tool.hidden ? 'hidden' : text === call.tool.approval ? 'approval' : 'deny';
    return { actual: told, answer: null, text };
  }
  if (answer.error) {
    const isTimeout = answer.error.code === REQUEST_TIMEOUT;
    return { actual: 'allow', answer: isTimeout ? 'timeout' : 'rpc_error', text };
  }
  return { actual: 'allow', answer: isError ? 'tool_error' : 'ok', text: isError ? text : '' };
}

/**
 * The texts of a result's content, a line each.
 * @param {any} result
 */
function textOf(result) {
  if (!result || !Array.isArray(result.content)) return '';
  const parts = result.content.filter((/** @type {any} */ part) => part && typeof part.text === 'string');
  return parts.map((/** @type {any} */ part) => part.text).join('\n');
}

/**
 * The JSON-RPC answer with that id among what came back, as JSON or as a stream of events.
 * @param {number} id
 * @param {Response} response
 * @returns {any}
 */
function answerTo(id, response) {
  const body = response.body || '';
  const isStream = headerOf(response, 'content-type').startsWith('text/event-stream');
  const texts = isStream ? body.split(/\r\n\r\n|\n\n|\r\r/).map(dataOf) : [body];
  return texts
    .flatMap(parse)
    .find((message) => message && message.id === id && Boolean(message.result || message.error));
}

/** @param {string} event */
function dataOf(event) {
  const lines = event.split(/\r\n|\n|\r/).filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice(line.startsWith('data: ') ? 6 : 5)).join('\n');
}

/**
 * @param {string} text
 * @returns {any}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return [];
  }
}

/**
 * @param {Response} response
 * @param {string} name in small letters
 */
function headerOf(response, name) {
  const headers = response.headers || {};
  const key = Object.keys(headers).find((header) => header.toLowerCase() === name);
  return key === undefined ? '' : String(headers[key]);
}

/**
 * @param {Session} session
 * @param {object} message
 * @param {Record<string, string>} tags
 * @returns {Response}
 */
function post(session, message, tags) {
  return http.post(__ENV.GATEWAY_URL, JSON.stringify(message), paramsOf(session, tags));
}

/**
 * The same without waiting for the answer.
 * @param {Session} session
 * @param {object} message
 * @param {Record<string, string>} tags
 * @returns {Promise<Response>}
 */
function request(session, message, tags) {
  return http.asyncRequest('POST', __ENV.GATEWAY_URL, JSON.stringify(message), paramsOf(session, tags));
}

/**
 * @param {Session} session
 * @param {Record<string, string>} tags
 * @returns {import('k6/http').RefinedParams<'text'>}
 */
function paramsOf(session, tags) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' };
  const token = __ENV[session.caller.token];
  if (token) headers.Authorization = 'Bearer ' + token;
  if (session.id !== '') headers['Mcp-Session-Id'] = session.id;
  if (session.version !== '') headers['MCP-Protocol-Version'] = session.version;
  return { headers, tags, redirects: 0, timeout: __ENV.TIMEOUT || '60s', responseType: 'text' };
}
`;
