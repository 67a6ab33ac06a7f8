/** The weekdays as rules write them, Monday first. */
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export const INTERVAL_MAX = 1000;
export const COUNT_MAX = 10_000;

export const RHYTHMS = ["never", "daily", "weekly", "monthly", "yearly", "term"] as const;
/** How often it recurs; `term` is weekly for as long as a term of the site lasts. */
export type Rhythm = (typeof RHYTHMS)[number];
/** Which day of the month is meant: that of the first one, by its date or its weekday, counted from either end. */
export type MonthlyWay = "date" | "lastDate" | "weekday" | "lastWeekday";

/** What is chosen in the dialogue; numbers and days are as their fields hold them, and may be half filled in. */
export interface Repeat {
  rhythm: Rhythm;
  interval: string;
  /** Weekdays, Monday is 0. */
  days: readonly number[];
  monthly: MonthlyWay;
  ends: "day" | "count";
  until: string;
  count: string;
  termId: number | null;
}

const DAY_MS = 86_400_000;

/** Answer what is chosen at first, for a first day such as `2027-03-02`: not to recur. */
export function neverRepeat(firstDay: string): Repeat {
  return { rhythm: "never", interval: "1", days: [weekdayOf(firstDay)], monthly: "date", ends: "count", until: "", count: "10", termId: null };
}

/** Answer the weekday of a day, Monday is 0. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Answer how a day can be meant in other months: the ends of a month only where the day is there. */
export function monthlyWays(day: string): readonly MonthlyWay[] {
  const left = daysLeft(day);
  return ["date", ...(left === 0 ? (["lastDate"] as const) : []), ...(dayOf(day) <= 28 ? (["weekday"] as const) : []), ...(left < 7 ? (["lastWeekday"] as const) : [])];
}

/** Answer the how-manieth of its weekday a day is in its month. */
export function placeOf(day: string): number {
  return Math.ceil(dayOf(day) / 7);
}

/** Answer the rule as RFC 5545 writes it; none while something is not filled in, or nothing is to recur. */
export function writeRule(repeat: Repeat, firstDay: string): string | null {
  const { rhythm } = repeat;
  if (rhythm === "never" || !firstDay || (rhythm === "term" && repeat.termId === null)) return null;
  const interval = whole(repeat.interval, INTERVAL_MAX);
  const days = daysPart(repeat, firstDay);
  const end = rhythm === "term" ? "" : endPart(repeat, firstDay);
  if (interval === null || days === null || end === null) return null;
  const freq = rhythm === "term" ? "WEEKLY" : rhythm.toUpperCase();
  return [`FREQ=${freq}`, interval > 1 ? `INTERVAL=${interval}` : "", days, end].filter(Boolean).join(";");
}

function daysPart({ rhythm, days, monthly }: Repeat, firstDay: string): string | null {
  if (rhythm === "weekly" || rhythm === "term") {
    const names = [...days].sort((one, other) => one - other).map((day) => WEEKDAYS[day]);
    return names.length > 0 ? `BYDAY=${names.join(",")}` : null;
  }
  if (rhythm !== "monthly") return "";
  const weekday = WEEKDAYS[weekdayOf(firstDay)];
  const ways = {
    date: `BYMONTHDAY=${dayOf(firstDay)}`,
    lastDate: "BYMONTHDAY=-1",
    weekday: `BYDAY=${placeOf(firstDay)}${weekday}`,
    lastWeekday: `BYDAY=-1${weekday}`,
  };
  return ways[monthlyWays(firstDay).includes(monthly) ? monthly : "date"];
}

function endPart({ ends, until, count }: Repeat, firstDay: string): string | null {
  if (ends === "day") return until >= firstDay && until.length === firstDay.length ? `UNTIL=${until.replaceAll("-", "")}` : null;
  const times = whole(count, COUNT_MAX);
  return times === null ? null : `COUNT=${times}`;
}

function whole(text: string, most: number): number | null {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
}

function dayOf(day: string): number {
  return Number(day.slice(8, 10));
}

function daysLeft(day: string): number {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return (Date.UTC(year, month, 0) - Date.parse(`${day}T00:00:00Z`)) / DAY_MS;
}
