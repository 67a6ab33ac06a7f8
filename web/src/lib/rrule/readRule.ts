import { WEEKDAYS } from "./repeat";

export type Frequency = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

/** A rule of RFC 5545, as far as Berth takes them; `until` is a day such as `2027-06-30`. */
export interface Rule {
  frequency: Frequency;
  interval: number;
  count?: number;
  until?: string;
  months: readonly number[];
  monthDays: readonly number[];
  /** Weekdays (Monday is 0), each with its place in the month or year, or 0 for all of them. */
  days: readonly { place: number; day: number }[];
  /** Which of the days that fit. */
  places: readonly number[];
}

/** Read a rule as Berth answers it. */
export function readRule(text: string): Rule {
  const parts = new Map(text.split(";").map((part) => part.split("=") as [string, string]));
  const numbers = (name: string) => parts.get(name)?.split(",").map(Number) ?? [];
  const until = parts.get("UNTIL");
  return {
    frequency: parts.get("FREQ") as Frequency,
    interval: Number(parts.get("INTERVAL") ?? 1),
    count: parts.has("COUNT") ? Number(parts.get("COUNT")) : undefined,
    until: until && `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`,
    months: numbers("BYMONTH"),
    monthDays: numbers("BYMONTHDAY"),
    days: parts.get("BYDAY")?.split(",").map(weekday) ?? [],
    places: numbers("BYSETPOS"),
  };
}

function weekday(text: string): { place: number; day: number } {
  return { place: Number(text.slice(0, -2)), day: WEEKDAYS.findIndex((one) => text.endsWith(one)) };
}
