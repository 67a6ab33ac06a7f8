import { describe, expect, it } from "vitest";
import { isWish, parseWish, type Wish } from "./parse";
import { isAhead, widened, windowOf } from "./window";

// A Wednesday.
const TODAY = { year: 2027, month: 3, day: 3, hour: 9, minute: 10 };
const today = { year: 2027, month: 3, day: 3 };
const tomorrow = { year: 2027, month: 3, day: 4 };
const ROME = "Europe/Rome";
const NOW = new Date("2027-03-03T08:10:00Z");

const EXAMPLES: Record<string, Wish> = {
  "8 people, 2 hours, today": { people: 8, minutes: 120, day: today },
  "8 personnes, 2 heures, aujourd’hui": { people: 8, minutes: 120, day: today },
  "8 personas, 2 horas, hoy": { people: 8, minutes: 120, day: today },
  "r25 tomorrow 14:00 1h30m": { text: "r25", day: tomorrow, time: { hour: 14, minute: 0 }, minutes: 90 },
  "r25 demain 14h 1h30": { text: "r25", day: tomorrow, time: { hour: 14, minute: 0 }, minutes: 90 },
  "r25 mañana a las 14:00 1h30m": { text: "r25", day: tomorrow, time: { hour: 14, minute: 0 }, minutes: 90 },
  "2h": { minutes: 120 },
  "14h30": { time: { hour: 14, minute: 30 } },
  "45 min now": { minutes: 45, now: true },
  "half an hour tomorrow morning": { minutes: 30, day: tomorrow, part: { fromHour: 6, untilHour: 12 } },
  "mañana por la mañana": { day: tomorrow, part: { fromHour: 6, untilHour: 12 } },
  "pasado mañana, media hora": { day: { year: 2027, month: 3, day: 5 }, minutes: 30 },
  "après-demain après-midi une heure et demie": { day: { year: 2027, month: 3, day: 5 }, part: { fromHour: 12, untilHour: 18 }, minutes: 90 },
  "friday at 3pm for 6": { day: { year: 2027, month: 3, day: 5 }, time: { hour: 15, minute: 0 }, people: 6 },
  "vendredi de 14h à 16h": { day: { year: 2027, month: 3, day: 5 }, time: { hour: 14, minute: 0 }, minutes: 120 },
  "14:00-15:30": { time: { hour: 14, minute: 0 }, minutes: 90 },
  "from 2 to 4 pm": { time: { hour: 14, minute: 0 }, minutes: 120 },
  "at 3": { time: { hour: 15, minute: 0 } },
  "12am": { time: { hour: 0, minute: 0 } },
  "noon 1.5 hours": { time: { hour: 12, minute: 0 }, minutes: 90 },
  "2027-03-28 projector 2 hours 15 minutes": { day: { year: 2027, month: 3, day: 28 }, text: "projector", minutes: 135 },
  "2 de abril": { day: { year: 2027, month: 4, day: 2 } },
  "le 1er février": { day: { year: 2028, month: 2, day: 1 } },
  "a desk for 1 tomorrow": { text: "desk", people: 1, day: tomorrow },
  "room 12 for 2 hours": { text: "room 12", minutes: 120 },
  "wednesday": { day: today },
  "": {},
};

describe("a wish in one line", () => {
  it.each(Object.entries(EXAMPLES))("%s", (typed, wish) => expect(parseWish(typed, TODAY)).toEqual(wish));

  it("is none if it only names something", () => {
    expect(isWish(parseWish("my reservations", TODAY))).toBe(false);
    expect(isWish(parseWish("r25 tomorrow", TODAY))).toBe(true);
  });

  it("takes no date that there is not", () => {
    expect(parseWish("2027-02-30", TODAY).day).toBeUndefined();
  });
});

describe("where to look for a wish", () => {
  const window = (typed: string) => windowOf(parseWish(typed, TODAY), NOW, ROME);

  it("is the time that was said, and only that", () => {
    expect(window("tomorrow 14:00 1h30m")).toEqual({
      from: new Date("2027-03-04T13:00:00Z"),
      until: new Date("2027-03-04T14:30:00Z"),
      minutes: 90,
      exact: true,
    });
  });

  it("is what is left of today, and an hour if no length was said", () => {
    expect(window("today")).toEqual({ from: NOW, until: new Date("2027-03-03T23:00:00Z"), minutes: 60, exact: false });
  });

  it("is tomorrow for a time that is over today", () => {
    expect(window("at 8:00").from).toEqual(new Date("2027-03-04T07:00:00Z"));
  });

  it("has the length that was said on the day on which clocks change", () => {
    const { from, until } = window("2027-03-28 01:30 2h");
    expect(from).toEqual(new Date("2027-03-28T00:30:00Z"));
    expect(until.getTime() - from.getTime()).toBe(120 * 60_000);
  });

  it("knows what is over, and widens what is too narrow", () => {
    const gone = window("2027-03-02 14:00");
    expect(isAhead(gone, NOW)).toBe(false);
    expect(isAhead(window("tomorrow"), NOW)).toBe(true);
    expect(widened(window("tomorrow 14:00"), ROME).until).toEqual(new Date("2027-03-05T23:00:00Z"));
  });
});
