/** What is focused in place of what is gone: no fields, which would open a keyboard on the screen of a phone. */
const TARGETS = 'button, a[href], summary, select, [role="tab"], [role="grid"], [tabindex="0"]';

/** An element on the way from what had the focus to the body, and its place among its parent's children. */
interface Step {
  readonly parent: Element;
  readonly index: number;
}

function stepsFrom(element: Element): readonly Step[] {
  const steps: Step[] = [];
  for (let each = element; each.parentElement !== null && each !== document.body; each = each.parentElement) {
    steps.push({ parent: each.parentElement, index: [...each.parentElement.children].indexOf(each) });
  }
  return steps;
}

function firstTarget(within: Element): HTMLElement | null {
  const all = [...within.querySelectorAll<HTMLElement>(TARGETS)];
  if (within instanceof HTMLElement && within.matches(TARGETS)) all.unshift(within);
  const isUsable = (each: HTMLElement): boolean =>
    !each.matches(':disabled') &&
    each.tabIndex >= 0 &&
    each.getClientRects().length > 0 &&
    getComputedStyle(each).visibility === 'visible';
  return all.find(isUsable) ?? null;
}

/** What stands nearest to the place that `steps` lead to: behind it, else before it, else further out. Null for nothing. */
function nearest(steps: readonly Step[]): HTMLElement | null {
  for (const { parent, index } of steps) {
    // why: what a closed dialog or menu leaves to whoever opened it is not taken.
    if (!parent.isConnected || parent === document.body) continue;
    const children = [...parent.children];
    for (const child of [...children.slice(index), ...children.slice(0, index).reverse()]) {
      const target = firstTarget(child);
      if (target !== null) return target;
    }
  }
  return null;
}

/**
 * Moves the focus to what stands nearest when the element that has it is taken away or disabled, as a bar that is
 * dismissed or a row that is deleted: the keyboard goes on from there, not from the top. The answer stops that.
 */
export function catchFocus(): () => void {
  let last: Element | null = null;
  let steps: readonly Step[] = [];
  const isLost = (): boolean =>
    last !== null &&
    (!last.isConnected || last.matches(':disabled')) &&
    (document.activeElement === null || document.activeElement === document.body || document.activeElement === last);
  const note = ({ target }: FocusEvent): void => {
    last = target instanceof Element ? target : null;
    steps = last === null ? [] : stepsFrom(last);
  };
  const look = (): void => {
    if (!isLost()) return;
    // why: whoever took it away may have a better place in mind, and gets the first chance.
    requestAnimationFrame(() => {
      if (isLost()) nearest(steps)?.focus();
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', note);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', note);
  };
}
