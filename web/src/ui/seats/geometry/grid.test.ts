import { describe, expect, it } from "vitest";
import { Grid } from "./grid";
import { hallOf } from "./hallOf";
import { placesOf } from "./places";

const places = placesOf(hallOf(50, 100, 2));
const grid = new Grid(places);
const all = Array.from({ length: places.count }, (_, place) => place);

describe("a grid of 10,000 seats", () => {
  it("finds in a box what looking at each would", () => {
    const box = { left: 120, top: 85, right: 1400, bottom: 400 };
    const within = all.filter((one) => {
      const [x, y] = [places.xs[one]!, places.ys[one]!];
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    });
    expect(grid.within(box).sort((one, other) => one - other)).toEqual(within);
    expect(within.length).toBeGreaterThan(50);
  });

  it("finds all in a box that is larger than the hall", () => {
    expect(grid.within({ left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 })).toHaveLength(10_000);
  });

  it("finds the nearest seat, and none out of reach", () => {
    expect(grid.nearest(57, 3, 30)).toBe(1);
    expect(grid.nearest(27, 3, 20)).toBeNull();
    expect(grid.nearest(-5000, 0, 30)).toBeNull();
  });

  it("finds each seat where it is", () => {
    for (const place of [0, 99, 4999, 5000, 9999]) expect(grid.nearest(places.xs[place]!, places.ys[place]!, 1)).not.toBeNull();
  });
});
