import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/client/engine-client.ts';
import type { EngineApi, PolicySource, RunInput, RunResult } from '../../../workers/engine-api.ts';

const SCENARIO: RunInput = {
  policy: { dialect: 'auto', text: '' },
  scenario: { version: '1', start: '2026-01-01T00:00:00.000Z', agents: [] },
  windows: 'calendar',
};

/** A worker made of a message channel; `die` ends it as a browser ends one that broke. */
class ChannelWorker extends EventTarget {
  readonly #near: MessagePort;
  readonly #far: MessagePort;
  terminated = false;

  constructor(engine: Partial<EngineApi>) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#near = port1;
    this.#far = port2;
    expose({ ping: async () => undefined, ...engine }, port2);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#near.postMessage(message, transfer);
  }

  override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'message') this.#near.addEventListener(type, listener);
    else super.addEventListener(type, listener);
  }

  override removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
    if (type === 'message') this.#near.removeEventListener(type, listener);
    else super.removeEventListener(type, listener);
  }

  start(): void {
    this.#near.start();
  }

  terminate(): void {
    this.terminated = true;
    this.#near.close();
    this.#far.close();
  }

  die(): void {
    this.dispatchEvent(new Event('error'));
  }
}

const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function connect(engine: Partial<EngineApi>): {
  client: EngineClient;
  workers: ChannelWorker[];
  restarts: () => number;
} {
  const workers: ChannelWorker[] = [];
  let restarts = 0;
  const client = new EngineClient(
    () => restarts++,
    () => {
      const worker = new ChannelWorker(engine);
      workers.push(worker);
      return worker as never;
    },
  );
  clients.push(client);
  return { client, workers, restarts: () => restarts };
}

const checkOf = (source: PolicySource): Awaited<ReturnType<EngineApi['check']>> => ({
  dialect: 'policylayer',
  diagnostics: [{ code: source.text, severity: 'error', message: '', range: { start: 0, end: 0 }, pointer: '' }],
  policy: null,
});

describe('the door to the worker', () => {
  it('hands answers through', async () => {
    const { client } = connect({ check: async (source) => checkOf(source) });
    const reply = await client.check({ dialect: 'auto', text: 'a' });
    expect(reply).toMatchObject({ kind: 'ok', value: { diagnostics: [{ code: 'a' }] } });
  });

  it('lets the newest question win', async () => {
    const waiting: (() => void)[] = [];
    const { client } = connect({
      check: (source) => new Promise((resolve) => waiting.push(() => resolve(checkOf(source)))),
    });
    const first = client.check({ dialect: 'auto', text: 'first' });
    const second = client.check({ dialect: 'auto', text: 'second' });
    await expect.poll(() => waiting.length).toBe(2);
    for (const answer of waiting) answer();
    expect((await first).kind).toBe('superseded');
    expect((await second).kind).toBe('ok');
  });

  it('settles every open question when the worker dies, replaces it, and says so once', async () => {
    const { client, workers, restarts } = connect({ run: () => new Promise<RunResult>(() => undefined) });
    const run = client.run(SCENARIO, () => undefined);
    const cancel = client.locate({ dialect: 'auto', text: '' }, '/x');
    workers[0]?.die();
    expect(await run).toEqual({ kind: 'restarted' });
    await cancel;
    expect(restarts()).toBe(1);
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
  });

  it('answers with the new worker after a loss', async () => {
    const { client, workers } = connect({ check: async (source) => checkOf(source) });
    workers[0]?.die();
    expect((await client.check({ dialect: 'auto', text: 'b' })).kind).toBe('ok');
  });

  it('does not start workers without end when none comes to life', () => {
    const { workers, restarts } = connect({ ping: () => new Promise(() => undefined) });
    workers[0]?.die();
    workers[1]?.die();
    expect(workers).toHaveLength(2);
    expect(restarts()).toBe(2);
  });

  it('reports progress of the newest run only', async () => {
    const seen: number[] = [];
    let calls = 0;
    const { client } = connect({
      run: async (_input, progress) => {
        const mine = ++calls;
        progress(mine, 10);
        return { kind: 'policy-invalid', diagnostics: [] };
      },
    });
    const first = client.run(SCENARIO, (decided) => seen.push(decided));
    const second = client.run(SCENARIO, (decided) => seen.push(decided));
    expect((await first).kind).toBe('superseded');
    expect((await second).kind).toBe('ok');
    await expect.poll(() => seen).toEqual([2]);
  });
});

describe('a worker in trouble', () => {
  const tooLarge = (value: unknown): never => value as never;

  it('whose answer cannot be copied is replaced, so that no question waits for ever', async () => {
    const { client, workers, restarts } = connect({ locate: async () => tooLarge(() => 'a function') });
    expect(await client.locate({ dialect: 'auto', text: '' }, '/x')).toEqual({ kind: 'restarted' });
    expect(restarts()).toBe(1);
    expect(workers).toHaveLength(2);
  });

  it('that throws is replaced once, whatever else was asked', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('broken');
    };
    const { client, restarts } = connect({ locate: broken, convert: () => new Promise(() => undefined) });
    const other = client.convert({ dialect: 'auto', text: '' }, 'intercept');
    expect(await client.locate({ dialect: 'auto', text: '' }, '/x')).toEqual({ kind: 'restarted' });
    expect(await other).toEqual({ kind: 'restarted' });
    expect(restarts()).toBe(1);
  });

  it('that has no memory for a look at a run says so and stays', async () => {
    const noRoom = { kind: 'failed', reason: 'memory', message: 'no room' } as const;
    const fault = { ...noRoom, reason: 'fault' } as const;
    let full = 0;
    const worker = new ChannelWorker({ explain: async () => noRoom, coverage: async () => fault });
    const client = new EngineClient(
      () => expect.unreachable(),
      () => worker as never,
      () => full++,
    );
    clients.push(client);
    expect(await client.coverage(1)).toEqual({ kind: 'ok', value: fault });
    expect(full).toBe(0);
    expect(await client.explain(1, 0)).toEqual({ kind: 'ok', value: noRoom });
    expect([full, worker.terminated]).toEqual([1, false]);
  });
});
