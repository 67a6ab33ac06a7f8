import type { Area, Box } from "@/ui/seats/geometry/places";
import { seen, type Point, type Size, toScreen, type View } from "@/ui/seats/geometry/view";
import { drawSeats, type Hall, sideOf } from "@/ui/seats/stage/hall";
import { inksOf } from "@/ui/seats/stage/looks";
import type { Chosen } from "../changes";

/** What is drawn while something is dragged: a box that chooses, how far what is chosen would be moved, or where an area. */
export interface Marks {
  box: Box | null;
  shift: Point | null;
  corners: Area["outline"] | null;
}

/** Draw what is chosen, and what is being dragged, over the hall. */
export function drawMarks(pen: CanvasRenderingContext2D, hall: Hall, view: View, size: Size, chosen: Chosen, marks: Marks): void {
  const inks = inksOf(hall.scheme);
  const shifted = marks.shift ? { ...view, left: view.left - marks.shift.x, top: view.top - marks.shift.y } : view;
  const part = seen(shifted, size, hall.places.pitch);
  const shown = chosen.size === 0 ? [] : hall.grid.within(part).filter((place) => chosen.has(place));
  if (marks.shift) drawSeats(pen, hall, shifted, shown);
  const side = sideOf(hall, view) + 4;
  pen.beginPath();
  for (const place of shown) {
    const x = (hall.places.xs[place]! - shifted.left) * view.scale;
    const y = (hall.places.ys[place]! - shifted.top) * view.scale;
    pen.rect(x - side / 2, y - side / 2, side, side);
  }
  pen.lineWidth = side < 10 ? 1 : 2;
  pen.strokeStyle = inks.focus;
  pen.stroke();
  const corners = marks.corners ?? (marks.box && cornersOf(marks.box));
  if (!corners) return;
  pen.setLineDash([6, 4]);
  pen.beginPath();
  for (const corner of corners) {
    const { x, y } = toScreen(view, { x: corner[0]!, y: corner[1]! });
    pen.lineTo(x, y);
  }
  pen.closePath();
  pen.stroke();
  pen.setLineDash([]);
}

function cornersOf({ left, right, top, bottom }: Box): Area["outline"] {
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}
