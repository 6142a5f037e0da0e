import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../src/core/json.ts';
import type { Gateway, MessageContext } from './gateway.ts';

/** How a gateway is reached. */
export interface HttpOptions {
  /** Grant of a bearer token; undefined for a token nobody was given. */
  readonly grantOf: (token: string) => string | undefined;
  /** How the upstream is made to answer the request with that id; left out, as the simulated server does. */
  readonly upstreamOf?: (id: unknown) => Pick<MessageContext, 'upstream' | 'latencyMs'>;
}

/** A gateway on loopback, speaking MCP's streamable HTTP. `endSessions` forgets every session. */
export interface HttpGateway {
  readonly url: string;
  endSessions(): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Sessions = Map<string, string>;

/** Starts it on a free port. Answers with an even id come as a stream of events, others as JSON. */
export async function serveGateway(gateway: Gateway, options: HttpOptions): Promise<HttpGateway> {
  const sessions: Sessions = new Map();
  let begun = 0;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answered = answer(request, body, { gateway, options, sessions, newId: () => `mcp-${++begun}` });
      send(response, answered);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}/mcp`,
    endSessions: () => sessions.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Serving {
  readonly gateway: Gateway;
  readonly options: HttpOptions;
  readonly sessions: Sessions;
  readonly newId: () => string;
}

function answer(request: IncomingMessage, body: string, { gateway, options, sessions, newId }: Serving): Answer {
  const grant = options.grantOf((request.headers.authorization ?? '').replace(/^Bearer /, ''));
  if (grant === undefined) return { status: 401 };
  const asked = String(request.headers['mcp-session-id'] ?? '');
  if (asked !== '' && sessions.get(asked) !== grant) return { status: 404 };
  if (request.method === 'DELETE') return { status: sessions.delete(asked) ? 204 : 404 };
  if (request.method !== 'POST') return { status: 405 };
  const accept = request.headers.accept ?? '';
  if (!['application/json', 'text/event-stream'].every((type) => accept.includes(type))) return { status: 406 };
  const message = JSON.parse(body) as JsonObject;
  const isFirst = message['method'] === 'initialize';
  if (!isFirst && asked === '') return { status: 400 };
  const session = isFirst ? newId() : asked;
  sessions.set(session, grant);
  const reply = gateway.handle(message, { grant, session, ...options.upstreamOf?.(message['id']) });
  if (reply === null) return { status: 202 };
  const headers = isFirst ? { 'Mcp-Session-Id': session } : {};
  return Number(reply['id']) % 2 === 0 ? asStream(reply, headers) : asJson(reply, headers);
}

function asJson(reply: JsonObject, headers: Readonly<Record<string, string>>): Answer {
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(reply) };
}

/** The answer behind a comment and a notification, its text cut into two lines of data. */
function asStream(reply: JsonObject, headers: Readonly<Record<string, string>>): Answer {
  const note = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'deciding' } };
  const lines = JSON.stringify(reply, null, 1).split('\n');
  const data = lines.map((line) => `data: ${line}\r\n`).join('');
  const body = `: hello\r\n\r\ndata:${JSON.stringify(note)}\r\n\r\nevent: message\r\nid: 1\r\n${data}\r\n`;
  return { status: 200, headers: { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' }, body };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
