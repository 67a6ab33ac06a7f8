import type { components } from "@generated/schema";

type Hours = components["schemas"]["OpeningHours"];

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** From and until, such as 08:00 and 18:00. A field of time has no 24:00: there, an end of 00:00 is midnight. */
export type Interval = { from: string; until: string };
export type HoursValues = {
  weekly: Record<(typeof WEEKDAYS)[number], Interval[]>;
  exceptions: { day: string; intervals: Interval[] }[];
};

/** Answer what the fields hold for opening hours; for none, those of an office. */
export function hoursValues(hours: Hours | null): HoursValues {
  const office = [["08:00", "18:00"]] as const;
  const weekly = WEEKDAYS.map((day, at) => [day, intervalsOf(hours ? hours.weekly[day] : at < 5 ? office : [])]);
  return {
    weekly: Object.fromEntries(weekly) as HoursValues["weekly"],
    exceptions: Object.entries(hours?.exceptions ?? {}).map(([day, pairs]) => ({ day, intervals: intervalsOf(pairs) })),
  };
}

/** Answer the opening hours that the fields hold. */
export function hoursOf({ weekly, exceptions }: HoursValues): Hours {
  return {
    weekly: Object.fromEntries(Object.entries(weekly).map(([day, intervals]) => [day, pairsOf(intervals)])),
    exceptions: Object.fromEntries(exceptions.map(({ day, intervals }) => [day, pairsOf(intervals)])),
  };
}

function intervalsOf(pairs: readonly (readonly string[])[] | undefined): Interval[] {
  return (pairs ?? []).map(([from, until]) => ({ from: from!, until: until === "24:00" ? "00:00" : until! }));
}

function pairsOf(intervals: readonly Interval[]): [string, string][] {
  return intervals.map(({ from, until }) => [from, until === "00:00" ? "24:00" : until]);
}
