import { type Axis, instantAt, minuteOf, snapped } from "./axis";
import type { Block } from "./blocks";
import type { Spot } from "./layout";

/** What a drag does: make something new, move what is there, or move one of its ends. */
export type Deed = "create" | "move" | "start" | "end";

/** A drag from where it began. `grabbed` is the minute at which the pointer took hold. */
export interface Grip {
  deed: Deed;
  row: number;
  grabbed: number;
  block: Block | null;
  step: number;
}

/** A stretch that was dragged: instants in ms. */
export interface Dragged extends Spot {
  from: number;
  until: number;
}

/** Answer where a drag has come to: snapped, at least a step long, and with its length kept when it moves. */
export function dragged(axis: Axis, grip: Grip, row: number, minute: number): Dragged {
  const { step, block } = grip;
  if (!block || grip.deed === "create") {
    const first = Math.floor(grip.grabbed / step) * step;
    const here = snapped(minute, step);
    return settled(axis, grip.row, Math.min(first, here), Math.max(first + step, here));
  }
  const delta = minute - grip.grabbed;
  const [start, end] = [minuteOf(axis, block.from), minuteOf(axis, block.until)];
  if (grip.deed === "start") {
    const from = instantAt(axis, Math.min(snapped(start + delta, step), end - step));
    return { row: grip.row, start: minuteOf(axis, from), end, from, until: block.until };
  }
  if (grip.deed === "end") {
    const until = instantAt(axis, Math.max(snapped(end + delta, step), start + step));
    return { row: grip.row, start, end: minuteOf(axis, until), from: block.from, until };
  }
  // What moves keeps the time it lasts, also over a night in which clocks change.
  const from = delta === 0 ? block.from : instantAt(axis, snapped(start + delta, step));
  const until = from + (block.until - block.from);
  return { row, start: minuteOf(axis, from), end: minuteOf(axis, until), from, until };
}

/** Answer a stretch of the axis with its instants. */
export function settled(axis: Axis, row: number, start: number, end: number): Dragged {
  return { row, start, end, from: instantAt(axis, start), until: instantAt(axis, end) };
}
