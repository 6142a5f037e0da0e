import { frameAddress } from './frame-address.ts';
import { hostTheme, watchHostTheme } from './host-theme.ts';

const LEAST = 320;
const MOST = 720;
const FIRST = 420;

/** The page that this script came with. */
const home = (() => {
  const own = document.currentScript ?? document.querySelector('script[src$="embed.js"]');
  const src = own instanceof HTMLScriptElement ? own.src : '';
  return new URL('./', src || location.href).href;
})();

/**
 * `<policy-playground src? theme? view? height?>`: a frame of the playground as high as its content. Raises `policy-run`
 * with the counts and the digest after every run.
 */
class PolicyPlayground extends HTMLElement {
  static readonly observedAttributes = ['src', 'theme', 'view', 'height'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #heard = (event: MessageEvent<unknown>): void => this.#connect(event);
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  #stop: () => void = () => undefined;
  #turn = 0;

  connectedCallback(): void {
    addEventListener('message', this.#heard);
    // why: the text inside the element may not have been read yet.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => void this.#open());
    else void this.#open();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#heard);
    this.#close();
  }

  attributeChangedCallback(name: string): void {
    if (this.#frame === null) return;
    if (name === 'theme') this.#tellTheme();
    else if (name === 'height') this.#size(FIRST);
    else void this.#open();
  }

  /** Decides the calls again. */
  run(): void {
    this.#port?.postMessage({ type: 'run' });
  }

  /** Shows the object of a link. */
  load(link: object): void {
    this.#port?.postMessage({ type: 'load', link });
  }

  #theme(): 'light' | 'dark' {
    const asked = this.getAttribute('theme');
    return asked === 'light' || asked === 'dark' ? asked : hostTheme(this);
  }

  async #open(): Promise<void> {
    this.#close();
    const turn = ++this.#turn;
    const address = await frameAddress(this, home, this.#theme());
    if (turn !== this.#turn || !this.isConnected) return;
    if (address === null) {
      // why: with nothing to frame, what the author wrote inside is shown.
      this.#root.replaceChildren(document.createElement('slot'));
      return;
    }
    const frame = document.createElement('iframe');
    frame.title = this.title || 'Policy Playground';
    frame.loading = 'lazy';
    frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
    frame.style.cssText = 'display:block;width:100%;min-width:320px;border:0';
    this.style.display ||= 'block';
    this.#frame = frame;
    this.#size(FIRST);
    frame.src = address;
    this.#root.replaceChildren(frame);
    this.#stop = watchHostTheme(() => this.#tellTheme());
  }

  #close(): void {
    this.#turn++;
    this.#stop();
    this.#port?.close();
    this.#port = null;
    this.#frame = null;
    this.#root.replaceChildren();
  }

  #connect({ source, data }: MessageEvent<unknown>): void {
    const frame = this.#frame?.contentWindow;
    if (!frame || source !== frame || !isReady(data)) return;
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.addEventListener('message', (event: MessageEvent<unknown>) => this.#take(event.data));
    port1.start();
    frame.postMessage({ source: 'policy-playground-host', type: 'connect', v: 1 }, '*', [port2]);
    this.#tellTheme();
  }

  #take(data: unknown): void {
    const message = membersOf(data);
    if (message['type'] === 'height' && Number.isFinite(message['height'])) this.#size(Number(message['height']));
    if (message['type'] !== 'run') return;
    const { calls, allowed, denied, approvals, digest } = message;
    if ([calls, allowed, denied, approvals].some((count) => !Number.isInteger(count)) || typeof digest !== 'string')
      return;
    this.dispatchEvent(new CustomEvent('policy-run', { detail: { calls, allowed, denied, approvals, digest } }));
  }

  #tellTheme(): void {
    this.#port?.postMessage({ type: 'set-theme', theme: this.#theme() });
  }

  #size(content: number): void {
    const asked = Number(this.getAttribute('height') ?? NaN);
    const height = asked > 0 ? asked : Math.min(MOST, Math.max(LEAST, Math.round(content)));
    if (this.#frame !== null) this.#frame.style.height = `${height}px`;
  }
}

function membersOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? { ...data } : {};
}

function isReady(data: unknown): boolean {
  const { source, type, v } = membersOf(data);
  return source === 'policy-playground' && type === 'ready' && v === 1;
}

if (customElements.get('policy-playground') === undefined) customElements.define('policy-playground', PolicyPlayground);
