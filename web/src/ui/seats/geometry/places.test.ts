import { describe, expect, it } from "vitest";
import { hallOf } from "./hallOf";
import { idAt, placesById, placesOf } from "./places";

describe("the places of a map", () => {
  const places = placesOf(hallOf(3, 4, 2));

  it("are numbered by sections, rows and seats", () => {
    expect(places.count).toBe(24);
    expect(idAt(places, 0)).toBe("s1/1/1");
    expect(idAt(places, 4)).toBe("s1/2/1");
    expect(idAt(places, 23)).toBe("s2/3/4");
    expect(placesById(places).get("s2/1/1")).toBe(12);
  });

  it("lie in a box, as far apart as neighbours do", () => {
    expect(places.box).toEqual({ left: 0, top: 0, right: 1165, bottom: 180 });
    expect(places.pitch).toBe(55);
  });

  it("are none in an empty map, which still has somewhere to be", () => {
    const empty = placesOf({ categories: [], sections: [], areas: [] });
    expect(empty.count).toBe(0);
    expect(empty.box.right).toBeGreaterThan(empty.box.left);
  });
});
