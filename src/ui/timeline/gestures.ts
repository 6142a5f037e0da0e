import type { Attachment } from 'svelte/attachments';

/** What gestures on the plot do; places in px from its left and top edge. */
export interface Gestures {
  pan(px: number): void;
  zoom(factor: number, x: number): void;
  press(x: number, y: number): void;
  /** Whether a drag that starts now selects instead of panning. */
  selects(event: PointerEvent): boolean;
  /** A stretch being dragged out; `done` when the drag ends. Null for `toX`: it was given up. */
  select(fromX: number, toX: number | null, done: boolean): void;
}

const CLICK_SLOP_PX = 4;
const WHEEL_ZOOM = 1.0025;

interface Pointer {
  readonly x: number;
  readonly y: number;
}

function middle(pointers: readonly Pointer[]): number {
  return pointers.reduce((sum, { x }) => sum + x, 0) / pointers.length;
}

function spread(pointers: readonly Pointer[]): number {
  const [a, b] = pointers;
  return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * Drag pans or selects, two fingers zoom, a press that stays in place is a press. The wheel is left to the page unless Ctrl is held
 * and the plot has focus. Moves are applied once a frame.
 */
export function gestures(to: Gestures): Attachment<HTMLElement> {
  return (node) => {
    const pointers = new Map<number, Pointer>();
    let pressed: Pointer | null = null;
    /** Where a selecting drag began. */
    let anchor: number | null = null;
    let seen: Pointer[] = [];
    let frame = 0;
    const at = (event: PointerEvent | WheelEvent): Pointer => {
      const box = node.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const restart = (): void => {
      cancelAnimationFrame(frame);
      frame = 0;
      seen = [...pointers.values()];
    };
    const apply = (): void => {
      frame = 0;
      const now = [...pointers.values()];
      if (now.length === 0 || now.length !== seen.length) return;
      if (anchor !== null) {
        to.select(anchor, now[0]?.x ?? anchor, false);
        return;
      }
      if (now.length > 1 && spread(seen) > 0) to.zoom(spread(now) / spread(seen), middle(now));
      to.pan(middle(seen) - middle(now));
      seen = now;
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      node.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, at(event));
      pressed = pointers.size === 1 ? at(event) : null;
      // why: a second finger turns what began as a selection into a pinch.
      if (anchor !== null) to.select(anchor, null, true);
      anchor = pressed !== null && to.selects(event) ? pressed.x : null;
      restart();
    };
    const move = (event: PointerEvent): void => {
      if (!pointers.has(event.pointerId)) return;
      const here = at(event);
      pointers.set(event.pointerId, here);
      if (pressed !== null && Math.hypot(here.x - pressed.x, here.y - pressed.y) < CLICK_SLOP_PX) return;
      pressed = null;
      frame ||= requestAnimationFrame(apply);
    };
    const up = (event: PointerEvent): void => {
      if (!pointers.delete(event.pointerId)) return;
      if (event.type === 'pointerup' && pressed !== null) to.press(pressed.x, pressed.y);
      else if (anchor !== null) to.select(anchor, event.type === 'pointerup' ? at(event).x : null, true);
      anchor = null;
      pressed = null;
      restart();
    };
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey || document.activeElement !== node) return;
      event.preventDefault();
      to.zoom(WHEEL_ZOOM ** -event.deltaY, at(event).x);
    };
    node.addEventListener('pointerdown', down);
    node.addEventListener('pointermove', move);
    node.addEventListener('pointerup', up);
    node.addEventListener('pointercancel', up);
    node.addEventListener('wheel', wheel, { passive: false });
    return () => {
      cancelAnimationFrame(frame);
      node.removeEventListener('pointerdown', down);
      node.removeEventListener('pointermove', move);
      node.removeEventListener('pointerup', up);
      node.removeEventListener('pointercancel', up);
      node.removeEventListener('wheel', wheel);
    };
  };
}
