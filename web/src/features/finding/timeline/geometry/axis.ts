import { instantOf, offsetMinutesAt, startOfDay, wallClockAt } from "@/lib/time/wallClock";

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/**
 * The days of a timeline on the clocks of a zone. Every day has 24 hours of width, whatever its length: a minute of the
 * axis is what a clock shows. `starts` are the instants (ms) at which the days begin, with the end of the last.
 */
export interface Axis {
  zone: string;
  days: number;
  minutes: number;
  starts: readonly number[];
}

/** Answer the axis of so many days from that of an instant on. */
export function axisOf(first: Date, days: number, zone: string): Axis {
  const starts = Array.from({ length: days + 1 }, (_, day) => startOfDay(first, zone, day).getTime());
  return { zone, days, minutes: days * DAY_MINUTES, starts };
}

/** Answer the minute that the clocks show at an instant (ms), kept within the axis. */
export function minuteOf(axis: Axis, instant: number): number {
  if (instant <= axis.starts[0]!) return 0;
  const next = axis.starts.findIndex((start) => start > instant);
  if (next === -1) return axis.minutes;
  const [start, end] = [axis.starts[next - 1]!, axis.starts[next]!];
  const elapsed = (instant - start) / MINUTE_MS;
  // Asking for the offset is slow, and needed on two days a year.
  const isEven = end - start === DAY_MINUTES * MINUTE_MS;
  const turned = isEven ? 0 : offsetMinutesAt(new Date(instant), axis.zone) - offsetMinutesAt(new Date(start), axis.zone);
  return (next - 1) * DAY_MINUTES + elapsed + turned;
}

/** Answer the instant (ms) at which the clocks show a minute of the axis, which may lie beyond it. */
export function instantAt(axis: Axis, minute: number): number {
  const day = Math.min(axis.days, Math.max(0, Math.floor(minute / DAY_MINUTES)));
  const within = minute - day * DAY_MINUTES;
  const { year, month, day: date } = wallClockAt(new Date(axis.starts[day]!), axis.zone);
  return instantOf({ year, month, day: date, hour: 0, minute: within }, axis.zone).getTime();
}

/** Answer the multiple of a step that is nearest. */
export function snapped(minute: number, step: number): number {
  return Math.round(minute / step) * step;
}
