import type { components } from "@generated/schema";
import { instantOf, startOfDay } from "@/lib/time/wallClock";
import type { Day } from "@/ui/week/layout";

type OpeningHours = components["schemas"]["OpeningHours"];

/** From when until when on a wall clock, such as `["08:00", "24:00"]`. */
export type Interval = readonly [from: string, until: string];

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** Answer when it is open on a day, as `2027-03-28`; no opening hours means at all hours. */
export function openOn(day: string, hours: OpeningHours | null): readonly Interval[] {
  if (hours === null) return [["00:00", "24:00"]];
  const exception = hours.exceptions?.[day];
  if (exception) return exception as unknown as Interval[];
  const [year, month, dayOfMonth] = day.split("-").map(Number) as [number, number, number];
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, dayOfMonth)).getUTCDay()]!;
  return (hours.weekly[weekday] ?? []) as unknown as Interval[];
}

/** Answer the stretches of a day in which it is closed. */
export function closedIn(day: Day, zone: string, hours: OpeningHours | null): { start: Date; end: Date }[] {
  const open = openOn(day.key, hours)
    .map(([from, until]) => ({ start: instantOfClock(day, from, zone), end: instantOfClock(day, until, zone) }))
    .sort((one, other) => one.start.getTime() - other.start.getTime());
  const closed: { start: Date; end: Date }[] = [];
  let since = day.start;
  for (const one of open) {
    if (one.start > since) closed.push({ start: since, end: one.start });
    if (one.end > since) since = one.end;
  }
  if (since < day.end) closed.push({ start: since, end: day.end });
  return closed;
}

/** Answer the days with hours of their own from one day on, in order. */
export function exceptionsFrom(day: string, hours: OpeningHours | null, daysMax: number): [string, readonly Interval[]][] {
  const all = Object.entries(hours?.exceptions ?? {}) as unknown as [string, Interval[]][];
  return all.filter(([date]) => date >= day).sort(([one], [other]) => (one < other ? -1 : 1)).slice(0, daysMax);
}

function instantOfClock(day: Day, clock: string, zone: string): Date {
  if (clock === "24:00") return startOfDay(day.start, zone, 1);
  const [year, month, dayOfMonth] = day.key.split("-").map(Number) as [number, number, number];
  const [hour, minute] = clock.split(":").map(Number) as [number, number];
  return instantOf({ year, month, day: dayOfMonth, hour, minute }, zone);
}
