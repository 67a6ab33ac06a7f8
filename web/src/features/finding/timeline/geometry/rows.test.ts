import { describe, expect, it } from "vitest";
import { nextRows, type Range } from "./rows";

const settled = (drawn: Range, sight: Range): Range => {
  const next = nextRows(drawn, sight);
  return next[0] === drawn[0] && next[1] === drawn[1] ? next : settled(next, sight);
};

describe("the rows that are drawn", () => {
  it("are those in sight at once, however far the leap", () => {
    expect(nextRows([0, 20], [8, 22])).toEqual([2, 22]);
    expect(nextRows([0, 20], [100, 114])).toEqual([98, 116]);
    expect(nextRows([94, 120], [0, 14])).toEqual([-2, 16]);
  });

  it("become some more on either side, a few in a frame", () => {
    expect(nextRows([2, 22], [8, 22])).toEqual([2, 24]);
    expect(settled([98, 116], [100, 114])).toEqual([94, 120]);
  });

  it("are left out again when they are far", () => {
    expect(settled([0, 60], [20, 34])).toEqual([14, 40]);
  });
});
