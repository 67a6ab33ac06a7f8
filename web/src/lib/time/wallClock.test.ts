import { describe, expect, it } from "vitest";
import { rangeWords, sameClocks } from "./format";
import { instantOf, startOfDay, startOfWeek, wallClockAt } from "./wallClock";

const ROME = "Europe/Rome";
const at = (month: number, day: number, hour: number, minute = 0) => ({ year: 2027, month, day, hour, minute });

describe("the wall clock of a zone", () => {
  it("moves a time that does not exist by the length of the gap", () => {
    expect(instantOf(at(3, 28, 2, 30), ROME).toISOString()).toBe("2027-03-28T01:30:00.000Z");
  });

  it("takes the first of a time that exists twice", () => {
    expect(instantOf(at(10, 31, 2, 30), ROME).toISOString()).toBe("2027-10-31T00:30:00.000Z");
  });

  it("shows what it was asked for, on every hour of the days around both changes", () => {
    for (const [month, day] of [[3, 27], [3, 29], [10, 30], [11, 1]] as const)
      for (let hour = 0; hour < 24; hour++) expect(wallClockAt(instantOf(at(month, day, hour), ROME), ROME)).toEqual(at(month, day, hour));
  });

  it("knows that a day may have 23 or 25 hours", () => {
    const hours = (day: Date) => (startOfDay(day, ROME, 1).getTime() - startOfDay(day, ROME).getTime()) / 3_600_000;
    expect(hours(new Date("2027-03-28T12:00:00Z"))).toBe(23);
    expect(hours(new Date("2027-10-31T12:00:00Z"))).toBe(25);
  });

  it("begins a week where the locale says", () => {
    const wednesday = new Date("2027-03-03T12:00:00Z");
    expect(startOfWeek(wednesday, ROME, 1).toISOString()).toBe("2027-02-28T23:00:00.000Z");
    expect(startOfWeek(wednesday, ROME, 7).toISOString()).toBe("2027-02-27T23:00:00.000Z");
  });
});

describe("a stretch in words", () => {
  const start = new Date("2027-03-02T09:00:00Z");
  const end = new Date("2027-03-02T22:30:00Z");

  it("has 24 hours in French and 12 in American English", () => {
    expect(rangeWords(start, end, ROME, "fr").time).toBe("10:00 – 23:30");
    expect(rangeWords(start, end, ROME, "en-US").time).toMatch(/^10:00\sAM – 11:30\sPM$/);
  });

  it("names both days only if it has two", () => {
    expect(rangeWords(start, new Date("2027-03-02T23:00:00Z"), ROME, "en-GB").date).toBe("Tue, 2 Mar 2027");
    expect(rangeWords(start, new Date("2027-03-03T09:00:00Z"), ROME, "en-GB").date).toContain(" – ");
  });

  it("is the same in two zones only while their clocks agree", () => {
    expect(sameClocks(start, end, ROME, "Europe/Paris")).toBe(true);
    expect(sameClocks(start, end, ROME, "Europe/London")).toBe(false);
  });
});
