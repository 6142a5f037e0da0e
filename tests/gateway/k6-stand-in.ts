import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import ts from 'typescript';
import { type Host, loadScript, type Response, type Sample } from './k6-modules.mjs';

/** Where and when a script runs. `clock` is moved on; nothing waits in real time. */
export interface Stage {
  readonly env: Readonly<Record<string, string>>;
  readonly clock: Float64Array;
  /** Virtual users of this machine, from 1; all of them when left out. */
  readonly users?: readonly number[];
}

/** What a script printed, and what it counted. */
export interface Played {
  readonly lines: readonly string[];
  readonly samples: readonly Sample[];
}

type Message =
  | { readonly kind: 'sleep'; readonly untilMs: number }
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly url: string;
      readonly body: string | null;
      readonly headers: Record<string, string>;
    }
  | ({ readonly kind: 'done' } & Played);

/** A clock for a stage, which virtual users and the gateway read alike. */
export function createClock(nowMs: number): Float64Array {
  const clock = new Float64Array(new SharedArrayBuffer(8));
  clock[0] = nowMs;
  return clock;
}

/** Runs a k6 script as k6 does: its options and `setup` once, then `default` once for each virtual user. */
export async function playScript(text: string, stage: Stage): Promise<Played> {
  const module = ts.ModuleKind.CommonJS;
  const code = ts.transpileModule(text, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } }).outputText;
  const host = hostOf(stage);
  const script = loadScript(code, host) as Script;
  const data = script.setup();
  const users = stage.users ?? Array.from({ length: script.options.scenarios.calls.vus }, (_, i) => i + 1);
  const playing = users.map((vu) => new User(code, vu, stage, data));
  await Promise.all(playing.map((user) => user.next()));
  for (;;) {
    const sleeping = playing.filter((user) => user.wakesMs < Infinity);
    const first = sleeping.reduce<User | null>((a, b) => (a !== null && a.wakesMs <= b.wakesMs ? a : b), null);
    if (first === null) break;
    stage.clock[0] = Math.max(stage.clock[0] ?? 0, first.wakesMs);
    await first.wake();
  }
  return {
    lines: [...host.lines, ...playing.flatMap(({ played }) => played.lines)],
    samples: playing.flatMap(({ played }) => played.samples),
  };
}

interface Script {
  readonly options: { readonly scenarios: { readonly calls: { readonly vus: number } } };
  setup(): unknown;
}

function hostOf({ env, clock }: Stage): Host {
  const refuse = (): never => {
    throw new Error('setup neither sleeps nor asks');
  };
  return { env, vu: 0, now: () => clock[0] ?? 0, wait: refuse, request: refuse, lines: [], samples: [] };
}

/** A virtual user in a thread of its own; it runs only until it sleeps. */
class User {
  played: Played = { lines: [], samples: [] };
  wakesMs = Infinity;
  readonly #port: MessagePort;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #broken: Promise<never>;
  #message: Promise<Message>;

  constructor(code: string, vu: number, { env, clock }: Stage, data: unknown) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#message = this.#listen();
    const workerData = { code, env, vu, data, clock, signal: this.#signal, port: port2 };
    const url = new URL('./k6-user.mjs', import.meta.url);
    const worker = new Worker(url, { workerData, transferList: [port2] });
    this.#broken = new Promise((_, reject) => worker.once('error', reject));
    // why: a thread that breaks while another one runs is heard of when its turn comes.
    this.#broken.catch(() => undefined);
  }

  /** Serves what the script asks for until it sleeps or is done. */
  async next(): Promise<void> {
    for (;;) {
      const message = await Promise.race([this.#message, this.#broken]);
      if (message.kind === 'done') {
        this.played = message;
        this.wakesMs = Infinity;
        this.#port.close();
        return;
      }
      this.#message = this.#listen();
      if (message.kind === 'sleep') {
        this.wakesMs = message.untilMs;
        return;
      }
      this.#answer(await request(message));
    }
  }

  /** Ends its sleep. */
  wake(): Promise<void> {
    this.#answer(null);
    return this.next();
  }

  #listen(): Promise<Message> {
    return new Promise((resolve) => this.#port.once('message', resolve));
  }

  #answer(answer: Response | null): void {
    this.#port.postMessage(answer);
    Atomics.store(this.#signal, 0, 1);
    Atomics.notify(this.#signal, 0);
  }
}

async function request(asked: Extract<Message, { kind: 'request' }>): Promise<Response> {
  const { method, url, body, headers } = asked;
  try {
    const response = await fetch(url, { method, body, headers, redirect: 'manual' });
    const named = Object.fromEntries([...response.headers].map(([name, value]) => [canonical(name), value]));
    const text = await response.text();
    return { status: response.status, headers: named, body: text, error: '', timings: { duration: 1 } };
  } catch (error) {
    return { status: 0, headers: {}, body: '', error: String(error), timings: { duration: 0 } };
  }
}

/** `mcp-session-id` as k6 writes it: `Mcp-Session-Id`. */
function canonical(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
