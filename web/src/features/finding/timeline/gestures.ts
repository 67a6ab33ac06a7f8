import { snapped } from "./geometry/axis";
import { dragged, type Dragged, type Grip, settled } from "./geometry/drag";
import { placeAt } from "./geometry/layout";
import { blockAt, type Deeds, drawGhost, drop, gripAt, LENGTH_DEFAULT, type Scene } from "./scene";

const LONG_PRESS_MS = 300;
const MOUSE_SLACK_PX = 4;
const TOUCH_SLACK_PX = 8;
/** So near to an edge what is dragged scrolls the timeline, by at most so much in a frame. */
const EDGE_PX = 44;
const EDGE_SPEED_PX = 16;

interface Held {
  grip: Grip;
  pointer: number;
  isTouch: boolean;
  x: number;
  y: number;
  beganX: number;
  beganY: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  isActive: boolean;
  shown: Dragged | null;
}

type Read = () => { scene: Scene; deeds: Deeds };

/**
 * Let a mouse and a finger create, move and resize. A finger has to rest first: a swipe scrolls. Answers how to stop.
 */
export function attachGestures(scroller: HTMLElement, ghost: HTMLElement, read: Read): () => void {
  let held: Held | null = null;
  let hasDragged = false;

  const begin = () => {
    if (!held) return;
    held.isActive = true;
    scroller.setPointerCapture(held.pointer);
    scroller.dataset.dragging = held.grip.deed;
    if (held.isTouch) navigator.vibrate?.(15);
    requestAnimationFrame(frame);
  };
  const release = () => {
    if (!held) return;
    clearTimeout(held.timer);
    delete scroller.dataset.dragging;
    ghost.hidden = true;
    held = null;
  };
  const frame = () => {
    if (!held?.isActive) return;
    const { scene } = read();
    scrollAtEdges(scroller, scene, held);
    const at = draggedTo(scroller, scene, held);
    if (!held.shown || at.from !== held.shown.from || at.until !== held.shown.until || at.row !== held.shown.row) {
      held.shown = at;
      drawGhost(ghost, scene, held.grip, at);
    }
    requestAnimationFrame(frame);
  };

  const onDown = (event: PointerEvent) => {
    hasDragged = false;
    if (held || event.button !== 0) return;
    const isTouch = event.pointerType !== "mouse";
    const grip = gripAt(scroller, read().scene, event.clientX, event.clientY, isTouch);
    if (!grip) return;
    const [x, y] = [event.clientX, event.clientY];
    held = { grip, pointer: event.pointerId, isTouch, x, y, beganX: x, beganY: y, timer: undefined, isActive: false, shown: null };
    if (isTouch) held.timer = setTimeout(begin, LONG_PRESS_MS);
  };
  const onMove = (event: PointerEvent) => {
    if (!held || event.pointerId !== held.pointer) return;
    [held.x, held.y] = [event.clientX, event.clientY];
    if (held.isActive) return;
    const way = Math.hypot(held.x - held.beganX, held.y - held.beganY);
    if (held.isTouch && way > TOUCH_SLACK_PX) release();
    else if (!held.isTouch && way > MOUSE_SLACK_PX) begin();
  };
  const onUp = (event: PointerEvent) => {
    if (!held || event.pointerId !== held.pointer) return;
    [held.x, held.y] = [event.clientX, event.clientY];
    const { scene, deeds } = read();
    const { isActive, grip } = held;
    // Where it was let go, of which no frame may have shown anything yet.
    const at = isActive ? draggedTo(scroller, scene, held) : null;
    release();
    if (!at) return;
    hasDragged = true;
    drop(scene, deeds, grip, at);
  };
  const onClick = (event: MouseEvent) => {
    if (hasDragged || (event.target as Element).closest("a, button")) return;
    clickAt(scroller, read(), event.clientX, event.clientY);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !held?.isActive) return;
    hasDragged = true;
    release();
  };
  // A finger that stops a timeline which still glides goes on scrolling it, whatever is done here.
  const onTouchStart = (event: TouchEvent) => {
    if (!event.cancelable) release();
  };
  // It has to be there, and not passive, before a finger comes down: later it cannot keep the browser from scrolling.
  const onTouchMove = (event: TouchEvent) => {
    if (held?.isActive && event.cancelable) event.preventDefault();
  };
  const onContextMenu = (event: Event) => {
    if (held?.isTouch) event.preventDefault();
  };

  const stop = new AbortController();
  const { signal } = stop;
  scroller.addEventListener("pointerdown", onDown, { signal });
  scroller.addEventListener("pointermove", onMove, { signal });
  scroller.addEventListener("pointerup", onUp, { signal });
  scroller.addEventListener("pointercancel", release, { signal });
  scroller.addEventListener("click", onClick, { signal });
  scroller.addEventListener("touchstart", onTouchStart, { signal, passive: true });
  scroller.addEventListener("touchmove", onTouchMove, { signal, passive: false });
  scroller.addEventListener("contextmenu", onContextMenu, { signal });
  window.addEventListener("keydown", onKey, { signal });
  return () => {
    release();
    stop.abort();
  };
}

/** Answer where a drag has come to, on a row that there is. */
function draggedTo(scroller: HTMLElement, scene: Scene, { grip, x, y }: Held): Dragged {
  const { row, minute } = placeAt(scroller, x, y, scene.layout, scene.axis);
  return dragged(scene.axis, grip, Math.min(scene.rows.length - 1, Math.max(0, row)), minute);
}

function clickAt(scroller: HTMLElement, { scene, deeds }: { scene: Scene; deeds: Deeds }, x: number, y: number): void {
  const box = scroller.getBoundingClientRect();
  if (x - box.left < scene.layout.side || y - box.top < scene.layout.head) return;
  const { row, minute } = placeAt(scroller, x, y, scene.layout, scene.axis);
  const there = scene.rows[row];
  if (!there) return;
  const block = blockAt(scene, row, minute);
  if (block?.reservationId) deeds.open(block.reservationId);
  if (block) return;
  const start = snapped(minute - LENGTH_DEFAULT / 4, LENGTH_DEFAULT / 2);
  const at = settled(scene.axis, row, start, start + LENGTH_DEFAULT);
  deeds.create(there, at.from, at.until);
}

function scrollAtEdges(scroller: HTMLElement, scene: Scene, at: { x: number; y: number }): void {
  const box = scroller.getBoundingClientRect();
  const left = pull(at.x - box.left - scene.layout.side);
  const top = pull(at.y - box.top - scene.layout.head);
  const [x, y] = [pull(box.right - at.x) - left, pull(box.bottom - at.y) - top];
  if (x || y) scroller.scrollBy(x, y);
}

/** Answer how far to scroll in a frame, by how near the edge is. */
function pull(distance: number): number {
  return distance >= EDGE_PX ? 0 : Math.ceil(((EDGE_PX - Math.max(0, distance)) / EDGE_PX) * EDGE_SPEED_PX);
}
