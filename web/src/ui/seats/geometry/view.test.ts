import { describe, expect, it } from "vitest";
import { fitted, panned, showing, toHall, toScreen, zoomed } from "./view";

const size = { width: 800, height: 600 };
const view = fitted({ left: -1000, top: 0, right: 1000, bottom: 1000 }, size);

describe("what is seen of a hall", () => {
  it("is all of it, in the middle", () => {
    expect(toScreen(view, { x: 0, y: 500 })).toEqual({ x: 400, y: 300 });
    expect(toScreen(view, { x: -1000, y: 0 }).x).toBeCloseTo(36);
  });

  it("keeps what is under the pointer when it comes nearer", () => {
    const at = { x: 200, y: 100 };
    expect(toHall(zoomed(view, 3, at), at).x).toBeCloseTo(toHall(view, at).x);
    expect(zoomed(view, 3, at).scale).toBeCloseTo(view.scale * 3);
  });

  it("comes no nearer and goes no farther than is of use", () => {
    expect(zoomed(view, 1e9, { x: 0, y: 0 }).scale).toBe(2);
    expect(zoomed(view, 1e-9, { x: 0, y: 0 }).scale).toBe(0.002);
  });

  it("follows a drag", () => {
    const before = toScreen(view, { x: 0, y: 0 });
    expect(toScreen(panned(view, { x: 30, y: -10 }), { x: 0, y: 0 }).x).toBeCloseTo(before.x + 30);
  });

  it("moves to a seat that is out of sight, and stays where it is seen", () => {
    expect(showing(view, size, { x: 0, y: 500 })).toBe(view);
    expect(toScreen(showing(view, size, { x: 5000, y: 500 }), { x: 5000, y: 500 }).x).toBeCloseTo(400);
  });
});
