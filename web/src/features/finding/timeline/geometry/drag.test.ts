import { describe, expect, it } from "vitest";
import { axisOf } from "./axis";
import { blocksOf } from "./blocks";
import { dragged, type Grip } from "./drag";

const ROME = "Europe/Rome";
const at = (text: string) => Date.parse(text);
const hour = (value: number) => value * 60;

function grip(deed: Grip["deed"], start: string, end: string, grabbed: number): Grip {
  const [block] = blocksOf([{ resource_id: 1, start, end, kind: "reservation", owner: { id: 7, name: "" } }], 7);
  return { deed, row: 0, grabbed, block: block!, step: 15 };
}

describe("a drag", () => {
  const axis = axisOf(new Date("2027-03-02T12:00:00Z"), 1, ROME);

  it("keeps the place at which a block was grabbed", () => {
    const middle = grip("move", "2027-03-02T09:15:00Z", "2027-03-02T11:15:00Z", hour(11.25));
    const moved = dragged(axis, middle, 3, hour(12.25));
    expect([moved.row, moved.from, moved.until]).toEqual([3, at("2027-03-02T10:15:00Z"), at("2027-03-02T12:15:00Z")]);
  });

  it("moves one end and leaves the other, and never turns around", () => {
    const end = grip("end", "2027-03-02T09:00:00Z", "2027-03-02T10:00:00Z", hour(11));
    expect(dragged(axis, end, 0, hour(12)).until).toBe(at("2027-03-02T11:00:00Z"));
    expect(dragged(axis, end, 0, hour(8)).until).toBe(at("2027-03-02T09:15:00Z"));
    const start = grip("start", "2027-03-02T09:00:00Z", "2027-03-02T10:00:00Z", hour(10));
    expect(dragged(axis, start, 0, hour(9.5)).from).toBe(at("2027-03-02T08:30:00Z"));
  });

  it("creates what it covers, in both directions, and at least a step", () => {
    const free = { deed: "create", row: 2, grabbed: hour(10) + 7, block: null, step: 30 } as const;
    expect(dragged(axis, free, 5, hour(9))).toMatchObject({ row: 2, start: hour(9), end: hour(10.5) });
    expect(dragged(axis, free, 2, hour(10) + 8)).toMatchObject({ start: hour(10), end: hour(10.5) });
  });
});

describe("a drag over a night in which clocks change", () => {
  it("keeps the length, and shows the wall clock", () => {
    const axis = axisOf(new Date("2027-03-27T12:00:00Z"), 2, ROME);
    const before = grip("move", "2027-03-27T09:00:00Z", "2027-03-27T11:00:00Z", hour(10));
    const moved = dragged(axis, before, 0, hour(34));
    expect([moved.from, moved.until]).toEqual([at("2027-03-28T08:00:00Z"), at("2027-03-28T10:00:00Z")]);
    expect([moved.start, moved.end]).toEqual([hour(34), hour(36)]);
  });

  it("creates by the wall clock", () => {
    const axis = axisOf(new Date("2027-03-28T12:00:00Z"), 1, ROME);
    const made = dragged(axis, { deed: "create", row: 0, grabbed: hour(9), block: null, step: 15 }, 0, hour(10));
    expect([made.from, made.until]).toEqual([at("2027-03-28T07:00:00Z"), at("2027-03-28T08:00:00Z")]);
  });
});
