import { describe, expect, it } from "vitest";
import { axisOf, instantAt, minuteOf, snapped } from "./axis";

const ROME = "Europe/Rome";
const at = (text: string) => new Date(text).getTime();

describe("the axis of a timeline", () => {
  it("puts each instant where the clocks of the zone show it", () => {
    const axis = axisOf(new Date("2027-03-02T12:00:00Z"), 7, ROME);
    expect(minuteOf(axis, at("2027-03-03T09:30:00Z"))).toBe(1440 + 10 * 60 + 30);
    expect(instantAt(axis, 1440 + 10 * 60 + 30)).toBe(at("2027-03-03T09:30:00Z"));
  });

  it("stays right behind the hour that the spring takes", () => {
    const axis = axisOf(new Date("2027-03-28T00:00:00Z"), 2, ROME);
    expect(minuteOf(axis, at("2027-03-28T00:30:00Z"))).toBe(90);
    expect(minuteOf(axis, at("2027-03-28T13:00:00Z"))).toBe(15 * 60);
    expect(instantAt(axis, 15 * 60)).toBe(at("2027-03-28T13:00:00Z"));
    expect(minuteOf(axis, at("2027-03-28T22:00:00Z"))).toBe(1440);
  });

  it("stays right behind the hour that the autumn repeats", () => {
    const axis = axisOf(new Date("2027-10-31T00:00:00Z"), 2, ROME);
    expect(minuteOf(axis, at("2027-10-31T08:00:00Z"))).toBe(9 * 60);
    expect(instantAt(axis, 9 * 60)).toBe(at("2027-10-31T08:00:00Z"));
  });

  it("gives back every quarter of an hour of a week with a change, but for the hour that is not there", () => {
    const axis = axisOf(new Date("2027-03-26T00:00:00Z"), 7, ROME);
    for (let minute = 0; minute < axis.minutes; minute += 15) {
      const isMissing = minute >= 2 * 1440 + 120 && minute < 2 * 1440 + 180;
      if (!isMissing) expect(minuteOf(axis, instantAt(axis, minute))).toBe(minute);
    }
  });

  it("keeps what lies outside at its ends", () => {
    const axis = axisOf(new Date("2027-03-02T12:00:00Z"), 1, ROME);
    expect(minuteOf(axis, at("2027-03-01T12:00:00Z"))).toBe(0);
    expect(minuteOf(axis, at("2027-03-09T12:00:00Z"))).toBe(1440);
  });

  it("snaps to the nearest step", () => {
    expect(snapped(52, 15)).toBe(45);
    expect(snapped(53, 15)).toBe(60);
  });
});
