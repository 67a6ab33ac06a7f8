import type { Box, Places } from "./places";

/** Finds the seats at a point or in a box without looking at all of them: the hall is laid out in square cells. */
export class Grid {
  readonly #places: Places;
  readonly #cell: number;
  readonly #columns: number;
  readonly #lines: number;
  readonly #starts: Int32Array;
  readonly #members: Int32Array;

  constructor(places: Places) {
    this.#places = places;
    const { box, count } = places;
    const side = Math.max(box.right - box.left, box.bottom - box.top, 1);
    // Cells of two seats' width, but never so many that they outnumber what they hold by far.
    this.#cell = Math.max(places.pitch * 2, side / 256);
    this.#columns = Math.floor((box.right - box.left) / this.#cell) + 1;
    this.#lines = Math.floor((box.bottom - box.top) / this.#cell) + 1;
    this.#starts = new Int32Array(this.#columns * this.#lines + 1);
    this.#members = new Int32Array(count);
    for (let place = 0; place < count; place++) this.#starts[this.#cellOf(place) + 1]! += 1;
    for (let cell = 1; cell < this.#starts.length; cell++) this.#starts[cell]! += this.#starts[cell - 1]!;
    const next = this.#starts.slice();
    for (let place = 0; place < count; place++) this.#members[next[this.#cellOf(place)]!++] = place;
  }

  /** Answer the places in a box. */
  within(box: Box): number[] {
    const { xs, ys } = this.#places;
    const found: number[] = [];
    const [left, right] = [this.#column(box.left), this.#column(box.right)];
    const [top, bottom] = [this.#line(box.top), this.#line(box.bottom)];
    for (let line = top; line <= bottom; line++)
      for (let column = left; column <= right; column++) {
        const cell = line * this.#columns + column;
        for (let at = this.#starts[cell]!; at < this.#starts[cell + 1]!; at++) {
          const place = this.#members[at]!;
          const [x, y] = [xs[place]!, ys[place]!];
          if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) found.push(place);
        }
      }
    return found;
  }

  /** Answer the place nearest to a point, none if there is none within reach. */
  nearest(x: number, y: number, reach: number): number | null {
    let found: number | null = null;
    let least = reach;
    for (const place of this.within({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach })) {
      const distance = Math.hypot(this.#places.xs[place]! - x, this.#places.ys[place]! - y);
      if (distance <= least) [found, least] = [place, distance];
    }
    return found;
  }

  #cellOf(place: number): number {
    return this.#line(this.#places.ys[place]!) * this.#columns + this.#column(this.#places.xs[place]!);
  }

  #column(x: number): number {
    return clamped(Math.floor((x - this.#places.box.left) / this.#cell), this.#columns - 1);
  }

  #line(y: number): number {
    return clamped(Math.floor((y - this.#places.box.top) / this.#cell), this.#lines - 1);
  }
}

function clamped(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
