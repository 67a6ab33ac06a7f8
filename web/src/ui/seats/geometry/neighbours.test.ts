import { describe, expect, it } from "vitest";
import { hallOf } from "./hallOf";
import { neighbour } from "./neighbours";
import { idAt, placesById, placesOf } from "./places";

const places = placesOf(hallOf(3, 4, 2));
const ids = placesById(places);
const from = (id: string, way: "left" | "right" | "up" | "down") => {
  const found = neighbour(places, ids.get(id)!, way);
  return found === null ? null : idAt(places, found);
};

describe("the arrows", () => {
  it("go along the row", () => {
    expect(from("s1/2/2", "right")).toBe("s1/2/3");
    expect(from("s1/2/2", "left")).toBe("s1/2/1");
  });

  it("go to the row before and behind", () => {
    expect(from("s1/2/2", "up")).toBe("s1/1/2");
    expect(from("s1/2/2", "down")).toBe("s1/3/2");
  });

  it("go over to the next section, and no farther than the hall", () => {
    expect(from("s1/2/4", "right")).toBe("s2/2/1");
    expect(from("s2/2/1", "left")).toBe("s1/2/4");
    expect(from("s1/1/1", "up")).toBeNull();
    expect(from("s2/3/4", "right")).toBeNull();
  });
});
