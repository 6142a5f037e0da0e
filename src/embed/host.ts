import { portOf, readToFrame, READY, type FromFrame, type ToFrame } from './messages.ts';

/** The page around this one, once it has answered; until then what is said is kept, the newest of each kind. */
export class Host {
  readonly #heard: (message: ToFrame) => void;
  readonly #last = new Map<FromFrame['type'], FromFrame>();
  #port: MessagePort | null = null;

  constructor(heard: (message: ToFrame) => void) {
    this.#heard = heard;
  }

  /** Tells the parent that it may connect. Only the parent's own answers count; a newer one takes the place of the last. */
  listen(): void {
    if (parent === window) return;
    addEventListener('message', ({ source, data, ports }: MessageEvent<unknown>) => {
      const port = source === parent ? portOf(data, ports) : null;
      if (port !== null) this.#take(port);
    });
    // why: a page without an origin cannot be named, and `ready` says nothing of the content.
    parent.postMessage(READY, '*');
  }

  /** Says something to the host, now or when it has connected. */
  say(message: FromFrame): void {
    this.#last.set(message.type, message);
    this.#port?.postMessage(message);
  }

  #take(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = readToFrame(data);
      if (message !== null) this.#heard(message);
    });
    port.start();
    for (const message of this.#last.values()) port.postMessage(message);
  }
}
