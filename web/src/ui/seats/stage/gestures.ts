import type { Point } from "../geometry/view";
import type { Stage } from "./stage";

/** A drag that moves or marks something, and not the view. */
export interface Grab {
  move: (at: Point) => void;
  drop: (at: Point) => void;
  cancel: () => void;
}

/** What is done with a stage by mouse and finger, beyond moving the view. Points are of the screen. */
export interface Gestures {
  tap: (at: Point, event: PointerEvent) => void;
  grab?: (at: Point, event: PointerEvent) => Grab | null;
  hover?: (at: Point | null) => void;
}

/** So many pixels a finger or a mouse may tremble in a tap. */
const STILL = 6;
const WHEEL = 0.0015;

/** Follow mouse and fingers: drag to pan, wheel and two fingers to zoom. Answers how to stop. */
export function follow(holder: HTMLElement, stage: Stage, gestures: () => Gestures): () => void {
  const fingers = new Map<number, Point>();
  let start: Point | null = null;
  let grab: Grab | null = null;
  const at = (event: MouseEvent): Point => {
    const { left, top } = holder.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const down = (event: PointerEvent) => {
    if (event.button > 1) return;
    holder.setPointerCapture(event.pointerId);
    const point = at(event);
    fingers.set(event.pointerId, point);
    if (fingers.size === 1) {
      start = point;
      grab = event.button === 0 ? (gestures().grab?.(point, event) ?? null) : null;
    } else {
      grab?.cancel();
      [start, grab] = [null, null];
    }
  };
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    const point = at(event);
    if (!before) return gestures().hover?.(point);
    if (start && apart(start, point) > STILL) start = null;
    if (start) return;
    if (grab) grab.move(point);
    else if (fingers.size === 2) pinch(stage, fingers, event.pointerId, point);
    else stage.pan({ x: point.x - before.x, y: point.y - before.y });
    fingers.set(event.pointerId, point);
  };
  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    if (start) {
      grab?.cancel();
      gestures().tap(start, event);
    } else grab?.drop(at(event));
    [start, grab] = [null, null];
  };
  const cancel = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    grab?.cancel();
    [start, grab] = [null, null];
  };
  const leave = () => gestures().hover?.(null);
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    stage.zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 0 ? WHEEL : WHEEL * 20)), at(event));
  };
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel, pointerleave: leave, wheel };
  for (const [name, listener] of Object.entries(listeners))
    holder.addEventListener(name, listener as EventListener, { passive: name !== "wheel" });
  return () => {
    for (const [name, listener] of Object.entries(listeners)) holder.removeEventListener(name, listener as EventListener);
  };
}

function pinch(stage: Stage, fingers: ReadonlyMap<number, Point>, moved: number, point: Point): void {
  const other = [...fingers].find(([id]) => id !== moved)?.[1];
  const before = fingers.get(moved);
  if (!other || !before) return;
  const middle = (one: Point) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
  const [from, to] = [middle(before), middle(point)];
  stage.pan({ x: to.x - from.x, y: to.y - from.y });
  stage.zoomAt(Math.max(apart(point, other), 1) / Math.max(apart(before, other), 1), to);
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
