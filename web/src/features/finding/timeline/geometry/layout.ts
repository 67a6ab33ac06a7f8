import type { Axis } from "./axis";

/** Measures of a timeline in pixels. `side` is the column of names, `minute` the width of one. */
export interface Layout {
  side: number;
  head: number;
  row: number;
  minute: number;
}

/** Answer the measures for a day or a week, on a desk or a phone. */
export function layoutOf(days: number, isPhone: boolean): Layout {
  const hour = days === 1 ? (isPhone ? 56 : 64) : isPhone ? 8 : 10;
  return { side: isPhone ? 116 : 208, head: 52, row: isPhone ? 56 : 48, minute: hour / 60 };
}

/** A stretch on a row, in minutes of the axis. */
export interface Spot {
  row: number;
  start: number;
  end: number;
}

/** Where the pointer is: the row, which may be beyond the last, and the minute of the axis. */
export function placeAt(scroller: HTMLElement, x: number, y: number, layout: Layout, axis: Axis): { row: number; minute: number } {
  const box = scroller.getBoundingClientRect();
  const minute = (x - box.left + scroller.scrollLeft - layout.side) / layout.minute;
  const row = Math.floor((y - box.top + scroller.scrollTop - layout.head) / layout.row);
  return { row, minute: Math.min(axis.minutes, Math.max(0, minute)) };
}
