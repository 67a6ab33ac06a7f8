import type { Places, SeatMap } from "../geometry/places";
import { STATES, type SeatState } from "../states";
import { inksOf, lookOf, type Scheme, type Shape } from "./looks";
import { Pixels } from "./pixels";

/** What decides how a seat is drawn. */
export interface Look {
  category: number;
  state: SeatState;
  accessible: boolean;
  companion: boolean;
}

/** From so many pixels on there is room for the signs inside a seat. */
const SIGNS_FROM = 9;
/** Up to so many pixels a seat is a spot: nothing else of it would be seen. */
const SPOT_TO = 4;
const CORNERS: Partial<Record<Shape, readonly [sides: number, turned: number]>> = {
  diamond: [4, 0],
  hexagon: [6, 0],
  triangle: [3, -Math.PI / 2],
  pentagon: [5, -Math.PI / 2],
};

/** Answer the number of a look: cheap to have for each of thousands of seats in each frame. */
export function codeOf({ category, state, accessible, companion }: Look): number {
  return (category * STATES.length + STATES.indexOf(state)) * 4 + (accessible ? 2 : 0) + (companion ? 1 : 0);
}

/** Answer the number of a free seat's look in another state. */
export function inState(code: number, state: SeatState): number {
  return code + STATES.indexOf(state) * 4;
}

/** Answer the look of a number. */
export function lookBehind(code: number): Look {
  const [flags, rest] = [code & 3, code >> 2];
  return {
    category: Math.floor(rest / STATES.length),
    state: STATES[rest % STATES.length]!,
    accessible: (flags & 2) > 0,
    companion: (flags & 1) > 0,
  };
}

/** Answer the numbers of all seats of a hall, free. */
export function freeCodes(map: SeatMap, places: Places): Uint16Array {
  const categories = new Map(map.categories.map((one, at) => [one.key, at]));
  return Uint16Array.from(places.seats, ({ category, accessible, companion }) =>
    codeOf({ category: categories.get(category) ?? 0, state: "free", accessible, companion }),
  );
}

/** Pictures of seats: each look is drawn once in its size, and then copied, which is much cheaper. */
export class Sprites {
  /** Where many of them are put together. */
  readonly together = new Pixels();
  readonly #pictures = new Map<number, HTMLCanvasElement>();
  readonly #points = new Map<number, Uint32Array>();
  #side = 0;
  #scheme: Scheme = "light";

  /** Take pictures of so many pixels of the device from now on. */
  resize(side: number, scheme: Scheme): void {
    if (side === this.#side && scheme === this.#scheme) return;
    this.#pictures.clear();
    this.#points.clear();
    [this.#side, this.#scheme] = [side, scheme];
  }

  get side(): number {
    return this.#side;
  }

  of(code: number): HTMLCanvasElement {
    const known = this.#pictures.get(code);
    if (known) return known;
    const picture = Object.assign(document.createElement("canvas"), { width: this.#side, height: this.#side });
    // They are small and read: a processor has them at hand, and a graphics card would have to give them back.
    drawSeat(picture.getContext("2d", { willReadFrequently: true })!, lookBehind(code), this.#side, this.#scheme);
    this.#pictures.set(code, picture);
    return picture;
  }

  /** Answer the same picture as its pixels. */
  pointsOf(code: number): Uint32Array {
    const known = this.#points.get(code);
    if (known) return known;
    const { data } = this.of(code).getContext("2d")!.getImageData(0, 0, this.#side, this.#side);
    const points = new Uint32Array(data.buffer);
    this.#points.set(code, points);
    return points;
  }
}

/** Draw a seat of so many pixels into the upper left corner. */
export function drawSeat(pen: CanvasRenderingContext2D, look: Look, side: number, scheme: Scheme): void {
  const inks = inksOf(scheme);
  const { colour, shape } = lookOf(look.category, scheme);
  if (side <= SPOT_TO) return drawSpot(pen, look.state, side, colour, inks);
  const line = Math.max(1, side / 12);
  pen.save();
  pen.lineWidth = line;
  pen.lineCap = "round";
  outline(pen, shape, side, line);
  const { state } = look;
  if (state === "mine") {
    pen.lineWidth = side / 6;
    outline(pen, shape, side, pen.lineWidth);
    pen.strokeStyle = pen.fillStyle = inks.text;
    pen.stroke();
    pen.beginPath();
    pen.arc(side / 2, side / 2, side / 5, 0, 2 * Math.PI);
    pen.fill();
  } else if (state === "free" || state === "picked") {
    pen.fillStyle = state === "picked" ? inks.text : colour;
    pen.fill();
  } else {
    pen.strokeStyle = state === "held" ? colour : inks.quiet;
    pen.stroke();
    pen.clip();
  }
  pen.strokeStyle = state === "held" ? colour : inks.quiet;
  if (state === "held") strokes(pen, [[0, side, side, 0], [0, side / 2, side / 2, 0], [side / 2, side, side, side / 2]]);
  if (state === "sold") strokes(pen, [[side * 0.25, side * 0.25, side * 0.75, side * 0.75], [side * 0.75, side * 0.25, side * 0.25, side * 0.75]]);
  if (state === "blocked") strokes(pen, [[side * 0.2, side / 2, side * 0.8, side / 2]]);
  pen.strokeStyle = pen.fillStyle = inks.paper;
  if (state === "picked") strokes(pen, [[side * 0.28, side * 0.52, side * 0.44, side * 0.68], [side * 0.44, side * 0.68, side * 0.74, side * 0.34]]);
  else if (side >= SIGNS_FROM && state === "free") signs(pen, look, side);
  pen.restore();
}

function drawSpot(pen: CanvasRenderingContext2D, state: SeatState, side: number, colour: string, inks: ReturnType<typeof inksOf>): void {
  pen.globalAlpha = state === "held" ? 0.5 : 1;
  pen.fillStyle = { free: colour, held: colour, sold: inks.quiet, blocked: inks.quiet, mine: inks.text, picked: inks.text }[state];
  const short = state === "sold" || state === "blocked" ? Math.max(1, side - 2) : side;
  pen.fillRect((side - short) / 2, (side - short) / 2, short, short);
  pen.globalAlpha = 1;
}

/** A wheelchair is a wheel with a head above it, a companion a plus. */
function signs(pen: CanvasRenderingContext2D, look: Look, side: number): void {
  pen.lineWidth = Math.max(1.2, side / 11);
  if (look.accessible) {
    pen.beginPath();
    pen.arc(side / 2, side * 0.6, side * 0.19, -Math.PI / 3, Math.PI * 1.2);
    pen.stroke();
    strokes(pen, [[side / 2, side * 0.32, side / 2, side * 0.52], [side / 2, side * 0.5, side * 0.66, side * 0.5]]);
  }
  if (look.companion) strokes(pen, [[side / 2, side * 0.3, side / 2, side * 0.7], [side * 0.3, side / 2, side * 0.7, side / 2]]);
}

function strokes(pen: CanvasRenderingContext2D, lines: readonly (readonly [number, number, number, number])[]): void {
  pen.beginPath();
  for (const [fromX, fromY, toX, toY] of lines) {
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
  }
  pen.stroke();
}

function outline(pen: CanvasRenderingContext2D, shape: Shape, side: number, line: number): void {
  const [middle, radius] = [side / 2, (side - line) / 2];
  pen.beginPath();
  const corners = CORNERS[shape];
  if (corners) {
    const [sides, turned] = corners;
    for (let corner = 0; corner < sides; corner++) {
      const angle = turned + (corner * 2 * Math.PI) / sides;
      pen.lineTo(middle + radius * Math.cos(angle), middle + radius * Math.sin(angle));
    }
    pen.closePath();
  } else if (shape === "circle") pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  else {
    const near = line / 2 + (side - line) * 0.05;
    const wide = side - 2 * near;
    const corner = wide * 0.45;
    const round = { square: wide * 0.12, drop: [corner, corner, 0, corner], cut: [0, corner, 0, corner] }[shape as "square" | "drop" | "cut"];
    pen.roundRect(near, near, wide, wide, round);
  }
}
