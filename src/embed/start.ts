import { mount } from 'svelte';
import { Embedded } from '../state/embedded.svelte.ts';
import { readAddress, readSent, type Content } from './content.ts';
import Embed from './Embed.svelte';
import { Host } from './host.ts';
import type { FromFrame, ToFrame } from './messages.ts';
import { readParameters } from './parameters.ts';
import { setTheme } from './theme.ts';

/**
 * Mounts what a frame in another page shows. It stores nothing, takes no focus and starts no service worker; the host
 * may say more over a port. Rejects when a part of it cannot start.
 */
export async function start(target: Element): Promise<void> {
  const { dataset } = document.documentElement;
  const wish = readParameters(location.search);
  dataset.embed = '';
  setTheme(wish.theme);
  const embedded = new Embedded();
  const show = (content: Content): void => {
    dataset.link = content.kind === 'rejected' ? 'rejected' : location.hash === '' ? 'none' : 'opened';
    delete dataset.linkError;
    const wrong = content.kind === 'opened' && content.lacksExample === true ? [...wish.wrong, 'example'] : wish.wrong;
    if (wrong.length > 0) dataset.embedError = wrong.join(' ');
    if (content.kind === 'rejected') {
      dataset.linkError = content.code;
      embedded.problem = content;
    } else void embedded.show(content.work, content.view, wish.runs);
  };
  const heard = async (message: ToFrame): Promise<void> => {
    if (message.type === 'set-theme') setTheme(message.theme);
    else if (message.type === 'run') await embedded.decide();
    else {
      const content = await readSent(message.link);
      if (content !== null) show(content);
    }
  };
  const host = new Host((message) => void heard(message));
  show(await readAddress(location));
  mount(Embed, { target, props: { embedded, wish, onsay: (message: FromFrame) => host.say(message) } });
  host.listen();
  addEventListener('hashchange', () => void readAddress(location).then(show));
}
