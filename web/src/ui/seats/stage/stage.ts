import type { Box } from "../geometry/places";
import { fitted, panned, type Point, showing, type Size, toScreen, type View, zoomed } from "../geometry/view";

/** Who draws on a stage: the hall below, and above it what changes often, such as the focus. */
export interface Painter {
  below: (pen: CanvasRenderingContext2D, view: View, size: Size) => void;
  above: (pen: CanvasRenderingContext2D, view: View, size: Size) => void;
  /** Draws some seats anew over what is there already. */
  some: (pen: CanvasRenderingContext2D, view: View, places: Iterable<number>) => void;
}

/** Two canvases in a box, and what of the hall they show. It draws once in a frame at most, and only what changed. */
export class Stage {
  view: View = { scale: 0.1, left: 0, top: 0 };
  size: Size = { width: 0, height: 0 };
  readonly #canvases: readonly [HTMLCanvasElement, HTMLCanvasElement];
  readonly #painter: () => Painter;
  readonly #watch: ResizeObserver;
  #box: Box;
  #isFitted = true;
  #frame = 0;
  #stale = { below: true, above: true };
  #some = new Set<number>();

  constructor(holder: HTMLElement, box: Box, painter: () => Painter) {
    const [below, above] = holder.querySelectorAll("canvas");
    this.#canvases = [below!, above!];
    this.#painter = painter;
    this.#box = box;
    this.#watch = new ResizeObserver(() => this.#resize(holder));
    this.#watch.observe(holder);
    this.#resize(holder);
  }

  close(): void {
    this.#watch.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** Have all of it drawn anew. */
  renew(): void {
    this.#stale = { below: true, above: true };
    this.#ask();
  }

  renewAbove(): void {
    this.#stale.above = true;
    this.#ask();
  }

  renewSome(places: Iterable<number>): void {
    for (const place of places) this.#some.add(place);
    this.#ask();
  }

  /** The hall has become larger or smaller: it is fitted anew where nobody has chosen what to look at. */
  resized(box: Box): void {
    this.#box = box;
    if (this.#isFitted) this.fit();
  }

  fit(): void {
    this.#look(fitted(this.#box, this.size));
    this.#isFitted = true;
  }

  /** Come nearer or go farther around a point of the hall, or else around the middle of what is seen. */
  zoom(factor: number, around?: Point): void {
    if (around) this.show(around);
    this.zoomAt(factor, around ? toScreen(this.view, around) : { x: this.size.width / 2, y: this.size.height / 2 });
  }

  /** Come nearer or go farther around a point of the screen. */
  zoomAt(factor: number, at: Point): void {
    this.#look(zoomed(this.view, factor, at));
  }

  pan(by: Point): void {
    this.#look(panned(this.view, by));
  }

  show(point: Point): void {
    const next = showing(this.view, this.size, point);
    if (next !== this.view) this.#look(next);
  }

  #look(view: View): void {
    this.view = view;
    this.#isFitted = false;
    this.renew();
  }

  #resize(holder: HTMLElement): void {
    const { width, height } = holder.getBoundingClientRect();
    this.size = { width, height };
    const ratio = devicePixelRatio;
    for (const canvas of this.#canvases) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    if (this.#isFitted) this.fit();
    else this.renew();
  }

  #ask(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const below = this.#canvases[0].getContext("2d")!;
    const above = this.#canvases[1].getContext("2d")!;
    const painter = this.#painter();
    if (this.#stale.below) {
      this.#clear(below);
      painter.below(below, this.view, this.size);
    } else if (this.#some.size > 0) painter.some(below, this.view, this.#some);
    if (this.#stale.above) {
      this.#clear(above);
      painter.above(above, this.view, this.size);
    }
    this.#some.clear();
    this.#stale = { below: false, above: false };
  }

  #clear(pen: CanvasRenderingContext2D): void {
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    pen.clearRect(0, 0, this.size.width, this.size.height);
  }
}
