import type { Box } from "./places";

/** What of the hall is seen: so many pixels for a centimetre, and the point in the upper left corner. */
export interface View {
  scale: number;
  left: number;
  top: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

const SCALE_MAX = 2;
const SCALE_MIN = 0.002;

/** Answer the view in which all of a box is seen, with a margin in pixels around it. */
export function fitted(box: Box, size: Size, margin = 36): View {
  const width = Math.max(box.right - box.left, 100);
  const height = Math.max(box.bottom - box.top, 100);
  const room = { width: Math.max(size.width - 2 * margin, 10), height: Math.max(size.height - 2 * margin, 10) };
  const scale = bounded(Math.min(room.width / width, room.height / height, 0.8));
  return {
    scale,
    left: (box.left + box.right) / 2 - size.width / 2 / scale,
    top: (box.top + box.bottom) / 2 - size.height / 2 / scale,
  };
}

/** Answer the view from nearer or farther; what is at a point of the screen stays there. */
export function zoomed(view: View, factor: number, at: Point): View {
  const scale = bounded(view.scale * factor);
  const under = toHall(view, at);
  return { scale, left: under.x - at.x / scale, top: under.y - at.y / scale };
}

/** Answer the view after it was drawn by so many pixels. */
export function panned(view: View, by: Point): View {
  return { ...view, left: view.left - by.x / view.scale, top: view.top - by.y / view.scale };
}

/** Answer the view in which a point of the hall is seen: the same if it is, else with the point in the middle. */
export function showing(view: View, size: Size, point: Point, margin = 40): View {
  const at = toScreen(view, point);
  const isSeen = at.x >= margin && at.y >= margin && at.x <= size.width - margin && at.y <= size.height - margin;
  return isSeen ? view : { ...view, left: point.x - size.width / 2 / view.scale, top: point.y - size.height / 2 / view.scale };
}

/** Answer where a point of the screen is in the hall. */
export function toHall(view: View, at: Point): Point {
  return { x: view.left + at.x / view.scale, y: view.top + at.y / view.scale };
}

/** Answer where a point of the hall is on the screen. */
export function toScreen(view: View, point: Point): Point {
  return { x: (point.x - view.left) * view.scale, y: (point.y - view.top) * view.scale };
}

/** Answer the part of the hall that is seen, and a little more around it. */
export function seen(view: View, size: Size, more: number): Box {
  return {
    left: view.left - more,
    top: view.top - more,
    right: view.left + size.width / view.scale + more,
    bottom: view.top + size.height / view.scale + more,
  };
}

function bounded(scale: number): number {
  return Math.min(Math.max(scale, SCALE_MIN), SCALE_MAX);
}
