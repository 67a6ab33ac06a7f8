import { dayKey } from "@/lib/time/format";
import { startOfDay, startOfWeek, wallClockAt } from "@/lib/time/wallClock";

export const DAY_MINUTES = 24 * 60;

/** A day of a week by the calendar of a zone; it has 23 or 25 hours where clocks change. */
export interface Day {
  /** As `2027-03-28`. */
  key: string;
  start: Date;
  end: Date;
}

/** The part of a stretch that lies in one day, in minutes on the wall clock of the zone. */
export interface Segment {
  day: number;
  fromMinute: number;
  untilMinute: number;
}

/** Answer the seven days of the week of an instant; `firstDay` is 1 for Monday to 7 for Sunday. */
export function daysOfWeek(instant: Date, zone: string, firstDay: number): Day[] {
  const first = startOfWeek(instant, zone, firstDay);
  return Array.from({ length: 7 }, (_, day) => {
    const start = startOfDay(first, zone, day);
    return { key: dayKey(start, zone), start, end: startOfDay(first, zone, day + 1) };
  });
}

/**
 * Answer the parts of a stretch in the days that it touches. They stand where the wall clock has them, so that nine
 * o'clock is at the same height on every day. What lies within an hour that clocks repeat keeps its length.
 */
export function segmentsOf(start: Date, end: Date, days: readonly Day[], zone: string): Segment[] {
  return days.flatMap((one, day) => {
    const [from, until] = [later(start, one.start), earlier(end, one.end)];
    if (from >= until) return [];
    const fromMinute = minuteOf(from, zone);
    const shown = until >= one.end ? DAY_MINUTES : minuteOf(until, zone);
    const elapsed = (until.getTime() - from.getTime()) / 60_000;
    const untilMinute = shown > fromMinute ? shown : Math.min(DAY_MINUTES, fromMinute + elapsed);
    return [{ day, fromMinute, untilMinute }];
  });
}

/** Answer the minute of the day that the clocks of a zone show. */
export function minuteOf(instant: Date, zone: string): number {
  const { hour, minute } = wallClockAt(instant, zone);
  return hour * 60 + minute;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
