import { describe, expect, it } from "vitest";
import { daysOfWeek, segmentsOf } from "./layout";

const ROME = "Europe/Rome";
const spring = daysOfWeek(new Date("2027-03-28T10:00:00Z"), ROME, 1);
const autumn = daysOfWeek(new Date("2027-10-31T10:00:00Z"), ROME, 1);
const segments = (start: string, end: string, days = spring) => segmentsOf(new Date(start), new Date(end), days, ROME);

describe("a week", () => {
  it("has seven days that meet, of 23 or 25 hours where clocks change", () => {
    expect(spring.map((one) => one.key)).toEqual(["2027-03-22", "2027-03-23", "2027-03-24", "2027-03-25", "2027-03-26", "2027-03-27", "2027-03-28"]);
    for (const [index, one] of spring.entries()) if (index > 0) expect(one.start).toEqual(spring[index - 1]!.end);
    const hours = (days: typeof spring) => (days[6]!.end.getTime() - days[6]!.start.getTime()) / 3_600_000;
    expect([hours(spring), hours(autumn)]).toEqual([23, 25]);
  });

  it("shows what is at ten at ten, on the days on which clocks change too", () => {
    expect(segments("2027-03-27T09:00:00Z", "2027-03-27T10:30:00Z")).toEqual([{ day: 5, fromMinute: 600, untilMinute: 690 }]);
    expect(segments("2027-03-28T08:00:00Z", "2027-03-28T09:30:00Z")).toEqual([{ day: 6, fromMinute: 600, untilMinute: 690 }]);
    expect(segments("2027-10-31T09:00:00Z", "2027-10-31T10:30:00Z", autumn)).toEqual([{ day: 6, fromMinute: 600, untilMinute: 690 }]);
  });

  it("divides what passes midnight, and leaves out what is in other weeks", () => {
    expect(segments("2027-03-23T22:00:00Z", "2027-03-24T01:00:00Z")).toEqual([
      { day: 1, fromMinute: 1380, untilMinute: 1440 },
      { day: 2, fromMinute: 0, untilMinute: 120 },
    ]);
    expect(segments("2027-03-31T22:00:00Z", "2027-04-01T01:00:00Z")).toEqual([]);
  });

  it("lets what lies in a repeated hour keep its length", () => {
    expect(segments("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", autumn)).toEqual([{ day: 6, fromMinute: 150, untilMinute: 210 }]);
  });
});
