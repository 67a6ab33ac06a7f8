/**
 * Pictures put together pixel by pixel, and handed to the browser as one. To have it copy ten thousand small ones, one by
 * one, takes longer than a frame lasts.
 */
export class Pixels {
  #canvas: HTMLCanvasElement | null = null;
  #image: ImageData | null = null;
  #points = new Uint32Array(0);

  /** Begin with nothing in so many pixels of the device. */
  clear(width: number, height: number): void {
    if (this.#image?.width === width && this.#image.height === height) {
      this.#points.fill(0);
      return;
    }
    this.#image = new ImageData(width, height);
    this.#points = new Uint32Array(this.#image.data.buffer);
    this.#canvas ??= document.createElement("canvas");
    Object.assign(this.#canvas, { width, height });
  }

  /** Put a square picture somewhere; what is beyond the edges is left out, and what it leaves free stays. */
  put(picture: Uint32Array, side: number, left: number, top: number): void {
    const { width, height } = this.#image!;
    const [fromX, toX] = [Math.max(0, -left), Math.min(side, width - left)];
    const [fromY, toY] = [Math.max(0, -top), Math.min(side, height - top)];
    for (let y = fromY; y < toY; y++) {
      const line = (top + y) * width + left;
      for (let x = fromX; x < toX; x++) {
        const point = picture[y * side + x]!;
        if (point !== 0) this.#points[line + x] = point;
      }
    }
  }

  /** Copy all of it onto what is drawn, pixel for pixel of the device. */
  drawOn(pen: CanvasRenderingContext2D): void {
    this.#canvas!.getContext("2d")!.putImageData(this.#image!, 0, 0);
    pen.drawImage(this.#canvas!, 0, 0);
  }
}
