import { untrack } from 'svelte';
import type { Range } from '../../core/diagnostic.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { PolicyDesk } from './policy-desk.svelte.ts';

/** Where a pointer stands in the text on screen; null when it does not, or the text changed meanwhile. */
async function locate(playground: Playground, pointer: string): Promise<Range | null> {
  const { dialect, policyText: text } = playground.workspace;
  const reply = await playground.client.locate({ dialect, text }, pointer);
  return reply.kind === 'ok' && playground.workspace.policyText === text ? reply.value : null;
}

/** Makes the policy visible wherever the layout put it away. */
function bringForward(playground: Playground): void {
  playground.selection.maximised = false;
  playground.layout.part = 'policy';
  playground.layout.unfold('policy');
}

/**
 * Keeps the editor on what is looked at elsewhere: "Show the rule" selects the rule and takes the focus there, a link selects lines; the rule
 * that decided the selected call is marked and scrolled into view while the focus stays. Call while a component starts.
 */
export function followPlaces(playground: () => Playground, desk: () => PolicyDesk): void {
  $effect(() => {
    const place = playground().selection.place;
    if (place === null) return;
    let stale = false;
    untrack(() => {
      bringForward(playground());
      if (place.lines) {
        desk().showLines(place.lines);
        return;
      }
      void locate(playground(), place.pointer).then((range) => {
        if (range !== null && !stale) desk().goTo(range);
      });
    });
    return () => (stale = true);
  });

  $effect(() => {
    const { explanation } = playground().selection;
    // why: read, so that the mark is placed anew in a text that was edited
    const { checkedText: _ } = playground().workspace;
    const pointer = explanation?.decision.pointer ?? '';
    const outcome = explanation?.outcome ?? 'deny';
    let stale = false;
    untrack(() => {
      if (pointer === '') {
        desk().mark(null, outcome);
        return;
      }
      void locate(playground(), pointer).then((range) => {
        if (!stale) desk().mark(range, outcome);
      });
    });
    return () => (stale = true);
  });
}
