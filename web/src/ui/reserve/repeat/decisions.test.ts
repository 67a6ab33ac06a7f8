import { expect, it } from "vitest";
import { choicesOf, outcomeOf } from "./decisions";

const ALTERNATIVE = { resource_id: 4, resource: "Room 14", start: "2027-03-09T08:30:00Z", end: "2027-03-09T09:30:00Z" };
const look = (day: string, status: "free" | "busy" | "refused", alternative: typeof ALTERNATIVE | null = null) => ({
  occurrence: `2027-03-${day}T10:00:00`,
  start: `2027-03-${day}T09:00:00Z`,
  end: `2027-03-${day}T10:00:00Z`,
  status,
  busy: [],
  refusals: [],
  alternative,
});
const FREE = look("02", "free");
const BUSY = look("09", "busy", ALTERNATIVE);
const REFUSED = look("16", "refused");

it("leaves what cannot be open until it is decided", () => {
  expect([FREE, BUSY, REFUSED].map((one) => outcomeOf(one, "fail", {}))).toEqual(["placed", "open", "open"]);
  expect([FREE, BUSY, REFUSED].map((one) => outcomeOf(one, "skip", {}))).toEqual(["placed", "left", "left"]);
  expect([FREE, BUSY, REFUSED].map((one) => outcomeOf(one, "alternative", {}))).toEqual(["placed", "instead", "open"]);
});

it("puts what is decided of one before what is chosen for all", () => {
  expect(outcomeOf(FREE, "fail", { [FREE.occurrence]: "left" })).toBe("left");
  expect(outcomeOf(BUSY, "skip", { [BUSY.occurrence]: "instead" })).toBe("instead");
  expect(outcomeOf(BUSY, "alternative", { [BUSY.occurrence]: "left" })).toBe("left");
  expect(outcomeOf(REFUSED, "fail", { [REFUSED.occurrence]: "instead" })).toBe("open");
});

it("sends the alternatives that were shown, and what was left out one by one", () => {
  const { start, end, resource_id } = ALTERNATIVE;
  const instead = { occurrence: BUSY.occurrence, skip: false, start, end, resource_id };
  expect(choicesOf([FREE, BUSY, REFUSED], "alternative", { [FREE.occurrence]: "left" })).toEqual([{ occurrence: FREE.occurrence, skip: true }, instead]);
  expect(choicesOf([FREE, BUSY, REFUSED], "skip", {})).toEqual([]);
});
