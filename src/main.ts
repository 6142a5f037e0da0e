import { ENGINE_VERSION } from './core/version.ts';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/components.css';

const { dataset } = document.documentElement;
dataset.engine = ENGINE_VERSION;

/** Starts the page, or what of it a frame in another page shows. */
async function start(target: Element): Promise<void> {
  try {
    const embedded = new URLSearchParams(location.search).has('embed');
    const shell = await (embedded ? import('./embed/start.ts') : import('./page.ts'));
    await shell.start(target);
    dataset.app = 'ready';
  } catch {
    dataset.app = 'error';
    target.textContent = 'The page could not start. Reload it to try again; saved work is kept.';
  }
}

const target = document.querySelector('#app');
if (target !== null) void start(target);
