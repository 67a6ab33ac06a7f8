import { describe, expect, it } from "vitest";
import { type Block, blocksOf, isInTheWay, rulesOf, withHopes } from "./blocks";

const MINE = { id: 7, name: "Ada" };
const busy = { resource_id: 1, start: "2027-03-02T09:00:00Z", end: "2027-03-02T10:30:00Z", kind: "reservation" as const };
const at = (text: string) => Date.parse(`2027-03-02T${text}:00Z`);

const one = (): Block =>
  blocksOf([{ ...busy, owner: MINE, title: "Talk", reservation_id: 3, state: "ready", version: 2 }], MINE.id)[0]!;

describe("what a schedule tells", () => {
  it("is one's own, pending, somebody else's or a blackout", () => {
    const kinds = blocksOf(
      [
        { ...busy, owner: MINE, state: "ready", version: 1, reservation_id: 1 },
        { ...busy, owner: MINE, state: "pending", version: 1, reservation_id: 2 },
        { ...busy, owner: { id: 8, name: "Bo" }, state: "pending", version: 1, reservation_id: 3 },
        busy,
        { ...busy, kind: "blackout", reason: "Painting" },
      ],
      MINE.id,
    );
    expect(kinds.map((each) => each.kind)).toEqual(["own", "pending", "taken", "taken", "blackout"]);
    expect(kinds.map((each) => each.grip !== null)).toEqual([true, true, false, false, false]);
  });

  it("is moved by what was reserved, not by what is occupied for it", () => {
    const reserved = { start: "2027-03-02T09:15:00Z", end: "2027-03-02T10:00:00Z" };
    const [block] = blocksOf([{ ...busy, owner: MINE, reserved }], MINE.id);
    expect([block!.from, block!.until]).toEqual([at("09:15"), at("10:00")]);
    expect([block!.start, block!.end]).toEqual([at("09:00"), at("10:30")]);
  });

  it("has rules that many rows share", () => {
    const rules = rulesOf([{ resource_ids: [1, 2], granularity_minutes: null, closed: [{ start: busy.start, end: busy.end }] }]);
    expect(rules.get(2)).toEqual({ closed: [[at("09:00"), at("10:30")]], step: 15 });
  });
});

describe("what was sent and not answered", () => {
  it("is shown where it goes, on another row too", () => {
    const change = { reservationId: 3, start: at("12:00"), end: at("13:00"), resourceIds: [2] };
    const [moved] = withHopes([one()], [change], []);
    expect([moved!.resourceId, moved!.start, moved!.end, moved!.hasty]).toEqual([2, at("12:00"), at("13:00"), true]);
  });

  it("is not shown twice once Berth shows it", () => {
    const wish = { resourceIds: [1, 2], start: at("09:00"), end: at("10:30"), title: "Talk" };
    expect(withHopes([one()], [], [wish]).map((each) => each.resourceId)).toEqual([1, 2]);
  });
});

it("knows that a reservation does not stand in its own way", () => {
  expect(isInTheWay([one()], at("10:00"), at("11:00"), 3)).toBe(false);
  expect(isInTheWay([one()], at("10:00"), at("11:00"), null)).toBe(true);
  expect(isInTheWay([one()], at("10:30"), at("11:00"), null)).toBe(false);
});
