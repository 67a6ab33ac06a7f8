import { describe, expect, it } from "vitest";
import { hallOf } from "@/ui/seats/geometry/hallOf";
import { idAt, placesOf } from "@/ui/seats/geometry/places";
import { moved, removed, renumbered, withAisles, withSeats } from "./changes";
import { grown, shared, toggled } from "./choosing";
import { copiedRows, copiedSections } from "./copies";
import { after, type History, NONE } from "./history";
import { letters, seatKeys } from "./numbering";

const hall = hallOf(3, 4, 2);
const idsOf = (map: typeof hall, chosen: Iterable<number>) => [...chosen].map((place) => idAt(placesOf(map), place));

describe("a change of a map", () => {
  it("moves what is chosen, and leaves everything else the very same", () => {
    const next = moved(hall, new Set([1, 2]), 30, -10);
    expect(next.sections[0]!.rows[0]!.seats.map((one) => [one.x, one.y])).toEqual([[0, 0], [85, -10], [140, -10], [165, 0]]);
    expect(next.sections[0]!.rows[1]).toBe(hall.sections[0]!.rows[1]);
    expect(next.sections[1]).toBe(hall.sections[1]);
  });

  it("sets what seats are like", () => {
    const next = withSeats(hall, new Set([0]), (seat) => ({ ...seat, accessible: true }));
    expect(next.sections[0]!.rows[0]!.seats.map((one) => one.accessible)).toEqual([true, false, false, false]);
  });

  it("deletes seats with their aisles, and rows and sections that have none left", () => {
    const aisled = withAisles(hall, new Set([1]), true);
    expect(aisled.sections[0]!.rows[0]!.aisles_after).toEqual(["2"]);
    expect(removed(aisled, new Set([1])).sections[0]!.rows[0]!.aisles_after).toEqual([]);
    expect(removed(hall, new Set([0, 1, 2, 3])).sections[0]!.rows).toHaveLength(2);
    expect(removed(hall, grown(placesOf(hall), [0], "section")).sections.map((one) => one.key)).toEqual(["s2"]);
  });

  it("numbers whole rows anew, and aisles keep their place", () => {
    const next = renumbered(withAisles(hall, new Set([1]), true), new Set([0]), (count) => seatKeys(count, "from_right"));
    expect(next.sections[0]!.rows[0]!.seats.map((one) => one.key)).toEqual(["4", "3", "2", "1"]);
    expect(next.sections[0]!.rows[0]!.aisles_after).toEqual(["3"]);
  });
});

describe("copies", () => {
  it("of rows are behind the last one, with the next names", () => {
    const { map, chosen } = copiedRows(hall, new Set([0]));
    expect(idsOf(map, chosen)).toEqual(["s1/4/1", "s1/4/2", "s1/4/3", "s1/4/4"]);
    expect(map.sections[0]!.rows[3]!.seats[0]!.y).toBe(270);
  });

  it("of sections are to the right of everything", () => {
    const { map, chosen } = copiedSections(hall, new Set([0]));
    expect(idsOf(map, chosen)[0]).toBe("s1 2/1/1");
    expect(chosen.size).toBe(12);
    expect(map.sections[2]!.rows[0]!.seats[0]!.x).toBe(1365);
  });
});

describe("choosing", () => {
  it("grows to rows and sections", () => {
    const places = placesOf(hall);
    expect([...grown(places, [5], "row")]).toEqual([4, 5, 6, 7]);
    expect(grown(places, [5], "section").size).toBe(12);
  });

  it("gives up what was chosen whole", () => {
    expect([...toggled(new Set([1, 2]), new Set([2, 3]))]).toEqual([1, 2, 3]);
    expect([...toggled(new Set([1, 2, 3]), new Set([2, 3]))]).toEqual([1]);
  });

  it("tells what is shared", () => {
    expect(shared(new Set([1, 2]), () => "a")).toBe("a");
    expect(shared(new Set([1, 2]), (place) => place)).toBeUndefined();
  });
});

describe("numbers", () => {
  it("are as the generator's", () => {
    expect(seatKeys(5, "odd_left")).toEqual(["5", "3", "1", "2", "4"]);
    expect(seatKeys(3, "from_left", 11)).toEqual(["11", "12", "13"]);
    expect([0, 25, 26, 701, 702].map(letters)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
  });
});

describe("the history", () => {
  const first: History = { past: [], present: { map: hall, chosen: NONE }, future: [] };

  it("goes back and forth, and choosing is no step", () => {
    const other = hallOf(1, 1);
    const chosen = after(after(first, { kind: "change", draft: { map: other, chosen: NONE } }), { kind: "choose", chosen: new Set([0]) });
    const back = after(chosen, { kind: "undo" });
    expect(back.present.map).toBe(hall);
    expect(after(back, { kind: "redo" }).present).toEqual({ map: other, chosen: new Set([0]) });
    expect(after(first, { kind: "undo" })).toBe(first);
  });
});
