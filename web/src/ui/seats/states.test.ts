import { describe, expect, it } from "vitest";
import { changedPlaces, differing, stateAt, withChanges } from "./states";

describe("the states of seats", () => {
  it("are read by their letters, and what is unknown is not for sale", () => {
    expect([0, 1, 2, 3, 4, 5].map((place) => stateAt("fhsb?", place))).toEqual(["free", "held", "sold", "blocked", "blocked", "blocked"]);
  });

  it("are changed one by one, and only where there are seats", () => {
    expect(withChanges("ffff", [[1, "h"], [3, "s"], [9, "s"], [-1, "s"]])).toBe("fhfs");
  });

  it("tell what has changed", () => {
    expect(changedPlaces("ffhs", "fhhf")).toEqual([1, 3]);
    expect(changedPlaces("ff", "ffb")).toEqual([2]);
    expect(differing(new Set([1, 2]), new Set([2, 3]))).toEqual([1, 3]);
  });
});
