import { describe, expect, it } from "vitest";
import { daysOfWeek } from "@/ui/week/layout";
import { closedIn, exceptionsFrom, openOn } from "./openingHours";

const ROME = "Europe/Rome";
const days = daysOfWeek(new Date("2027-03-28T10:00:00Z"), ROME, 1);
const hours = {
  weekly: { monday: [["08:00", "12:00"], ["13:00", "24:00"]], sunday: [["02:30", "06:00"]] },
  exceptions: { "2027-03-23": [["10:00", "11:00"]], "2027-04-05": [] },
};

describe("opening hours", () => {
  it("are those of the weekday, unless its date has its own", () => {
    expect(openOn("2027-03-22", hours)).toEqual([["08:00", "12:00"], ["13:00", "24:00"]]);
    expect(openOn("2027-03-23", hours)).toEqual([["10:00", "11:00"]]);
    expect(openOn("2027-04-05", hours)).toEqual([]);
    expect(openOn("2027-03-24", hours)).toEqual([]);
  });

  it("are all hours where none are set", () => {
    expect(closedIn(days[0]!, ROME, null)).toEqual([]);
  });

  it("leave the rest of a day closed, the whole of it if there are none", () => {
    expect(closedIn(days[0]!, ROME, hours).map((one) => [one.start.toISOString(), one.end.toISOString()])).toEqual([
      ["2027-03-21T23:00:00.000Z", "2027-03-22T07:00:00.000Z"],
      ["2027-03-22T11:00:00.000Z", "2027-03-22T12:00:00.000Z"],
    ]);
    expect(closedIn(days[2]!, ROME, hours)).toEqual([{ start: days[2]!.start, end: days[2]!.end }]);
  });

  it("move with the clocks: what opens at a time that does not exist opens an hour later", () => {
    expect(closedIn(days[6]!, ROME, hours)[0]!.end.toISOString()).toBe("2027-03-28T01:30:00.000Z");
  });

  it("have their exceptions listed from a day on", () => {
    expect(exceptionsFrom("2027-03-24", hours, 5)).toEqual([["2027-04-05", []]]);
  });
});
