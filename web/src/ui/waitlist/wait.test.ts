import { describe, expect, it } from "vitest";
import { firstFields, joinOf, type Wait } from "./wait";

const ROME = "Europe/Rome";
const room = { id: 7, name: "Room 12", timezone: ROME };
const wait: Wait = { resources: [room], start: new Date("2027-03-02T09:00:00Z"), end: new Date("2027-03-02T10:30:00Z"), title: "Chess" };

describe("what one waits for", () => {
  it("is the time of the wish at first, or as long within the hours of that day", () => {
    const fields = firstFields(wait, ROME);
    expect(joinOf(wait, fields, ROME)).toEqual({
      resource_ids: [7],
      start: "2027-03-02T09:00:00.000Z",
      end: "2027-03-02T10:30:00.000Z",
      minutes: null,
      people: 1,
      title: "Chess",
    });
    expect(joinOf(wait, { ...fields, how: "within" }, ROME)).toMatchObject({
      start: "2027-03-02T06:00:00.000Z",
      end: "2027-03-02T19:00:00.000Z",
      minutes: 90,
    });
  });

  it("is looked for at night if it was wished for at night", () => {
    const late = { ...wait, start: new Date("2027-03-02T21:00:00Z"), end: new Date("2027-03-02T22:00:00Z") };
    const fields = firstFields(late, ROME);
    expect(joinOf(late, { ...fields, how: "within" }, ROME)).toMatchObject({ start: "2027-03-02T06:00:00.000Z", end: "2027-03-02T22:00:00.000Z" });
  });

  it("may be any one that fits a search", () => {
    const any = { ...wait, resources: [], search: { kind: "room" }, minutes: 30, people: 6 };
    expect(joinOf(any, firstFields(any, ROME), ROME)).toEqual({
      any_of: { kind: "room", tags: [] },
      start: "2027-03-02T09:00:00.000Z",
      end: "2027-03-02T10:30:00.000Z",
      minutes: 30,
      people: 6,
      title: "Chess",
    });
  });

  it("is nothing while it cannot be", () => {
    const fields = firstFields(wait, ROME);
    expect(joinOf(wait, { ...fields, people: "" }, ROME)).toBeNull();
    expect(joinOf(wait, { ...fields, exact: { ...fields.exact, end: fields.exact.start } }, ROME)).toBeNull();
    expect(joinOf(wait, { ...fields, how: "within", minutes: 14 * 60 }, ROME)).toBeNull();
  });
});
