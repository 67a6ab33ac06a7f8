import type { Grid } from "../geometry/grid";
import { type Area, type Places, pointAt, type SeatMap } from "../geometry/places";
import { type Point, seen, type Size, toScreen, type View } from "../geometry/view";
import { inksOf, lookOf, type Scheme } from "./looks";
import { lookBehind, type Sprites } from "./sprites";

/** What a hall is drawn from. */
export interface Hall {
  map: SeatMap;
  places: Places;
  grid: Grid;
  sprites: Sprites;
  scheme: Scheme;
  /** The word for where everybody looks. */
  stageWord: string;
  /** The number of a seat's look. */
  code: (place: number) => number;
}

/** A seat takes so much of the way to the next one. */
const SEAT = 0.82;
const FONT = "system-ui, sans-serif";
const KEYS_FROM = 19;
const ROWS_FROM = 7;

/** Draw all that is seen: the stage, areas, seats, and the names for which there is room. */
export function drawHall(pen: CanvasRenderingContext2D, hall: Hall, view: View, size: Size): void {
  drawStage(pen, hall, view);
  hall.map.areas.forEach((area) => drawArea(pen, hall, area, view));
  drawSeats(pen, hall, view, hall.grid.within(seen(view, size, hall.places.pitch)));
  drawNames(pen, hall, view, size);
}

/** Draw some seats, each as a picture of whole pixels of the device, which is copied as it is. */
export function drawSeats(pen: CanvasRenderingContext2D, hall: Hall, view: View, some: Iterable<number>, isOver = false): void {
  const { places, sprites } = hall;
  const ratio = pen.getTransform().a || 1;
  const side = Math.max(Math.round(sideOf(hall, view) * ratio), 2);
  const scale = view.scale * ratio;
  sprites.resize(side, hall.scheme);
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  const hasKeys = side >= KEYS_FROM * ratio;
  // From afar there are thousands of seats to be drawn, and no keys.
  const together = isOver || hasKeys ? null : sprites.together;
  together?.clear(pen.canvas.width, pen.canvas.height);
  for (const place of some) {
    const x = Math.round((places.xs[place]! - view.left) * scale - side / 2);
    const y = Math.round((places.ys[place]! - view.top) * scale - side / 2);
    const code = hall.code(place);
    if (together) {
      together.put(sprites.pointsOf(code), side, x, y);
      continue;
    }
    if (isOver) pen.clearRect(x, y, side, side);
    pen.drawImage(sprites.of(code), x, y);
    if (hasKeys) drawKey(pen, hall, place, code, { x: x + side / 2, y: y + side / 2 }, side);
  }
  together?.drawOn(pen);
  pen.restore();
}

function drawKey(pen: CanvasRenderingContext2D, hall: Hall, place: number, code: number, at: Point, side: number): void {
  const look = lookBehind(code);
  if (look.state !== "free" || look.accessible || look.companion) return;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `600 ${Math.round(side * 0.4)}px ${FONT}`;
  pen.fillStyle = inksOf(hall.scheme).paper;
  pen.fillText(hall.places.seats[place]!.key, at.x, at.y);
}

/** Answer how many pixels a seat is wide. */
export function sideOf(hall: Hall, view: View): number {
  return Math.max(hall.places.pitch * SEAT * view.scale, 1.5);
}

/** Draw a ring around a place: double for the focus, so that it is seen on every ground. */
export function drawRing(pen: CanvasRenderingContext2D, hall: Hall, view: View, place: number): void {
  const inks = inksOf(hall.scheme);
  const at = toScreen(view, pointAt(hall.places, place));
  const radius = Math.max(sideOf(hall, view) / 2 + 4, 8);
  for (const [width, colour] of [[6, inks.paper], [3, inks.focus]] as const) {
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.beginPath();
    pen.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
}

function drawStage(pen: CanvasRenderingContext2D, hall: Hall, view: View): void {
  const { box, pitch } = hall.places;
  const inks = inksOf(hall.scheme);
  const half = Math.min(Math.max((box.right - box.left) / 4, 150), 900);
  const middle = (box.left + box.right) / 2;
  const from = toScreen(view, { x: middle - half, y: box.top - pitch * 2.5 });
  const to = toScreen(view, { x: middle + half, y: box.top - pitch * 2.5 });
  pen.strokeStyle = pen.fillStyle = inks.dim;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
  pen.font = `600 13px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  pen.fillText(hall.stageWord, (from.x + to.x) / 2, from.y - 4);
}

function drawArea(pen: CanvasRenderingContext2D, hall: Hall, area: Area, view: View): void {
  if (area.outline.length < 3) return;
  const corners = area.outline.map(([x, y]) => toScreen(view, { x, y }));
  const { colour } = lookOf(hall.map.categories.findIndex((one) => one.key === area.category), hall.scheme);
  pen.beginPath();
  corners.forEach(({ x, y }) => pen.lineTo(x, y));
  pen.closePath();
  pen.globalAlpha = 0.15;
  pen.fillStyle = colour;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.stroke();
  pen.fillStyle = inksOf(hall.scheme).text;
  pen.font = `600 13px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const mean = (of: "x" | "y") => corners.reduce((sum, one) => sum + one[of], 0) / corners.length;
  pen.fillText(area.name, mean("x"), mean("y"));
}

function drawNames(pen: CanvasRenderingContext2D, hall: Hall, view: View, size: Size): void {
  const { rows, xs, ys, pitch } = hall.places;
  const inks = inksOf(hall.scheme);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = inks.dim;
  pen.strokeStyle = inks.paper;
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  pen.font = `12px ${FONT}`;
  const word = (text: string, x: number, y: number) => {
    const at = toScreen(view, { x, y });
    if (at.x < -60 || at.y < -20 || at.x > size.width + 60 || at.y > size.height + 20) return;
    pen.strokeText(text, at.x, at.y);
    pen.fillText(text, at.x, at.y);
  };
  if (sideOf(hall, view) >= ROWS_FROM)
    for (const { row, first, count } of rows) {
      if (count === 0) continue;
      const last = first + count - 1;
      word(row.key, xs[first]! - pitch, ys[first]!);
      word(row.key, xs[last]! + pitch, ys[last]!);
    }
  pen.fillStyle = inks.text;
  pen.font = `600 13px ${FONT}`;
  const named = new Set<string>();
  for (const { section, first, count } of rows) {
    if (count === 0 || named.has(section.key)) continue;
    named.add(section.key);
    const middle = first + (count >> 1);
    word(section.name, (xs[first]! + xs[first + count - 1]!) / 2, ys[middle]! - pitch * 1.1);
  }
}
