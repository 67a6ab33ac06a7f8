/** What a clock on a wall shows, without saying where the wall is. Months count from 1. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-u-ca-iso8601", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, found);
  }
  return found;
}

/** Answer what the clocks of a zone show at an instant. */
export function wallClockAt(instant: Date, zone: string): WallClock {
  const parts = Object.fromEntries(format(zone).formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  return { year: parts.year!, month: parts.month!, day: parts.day!, hour: parts.hour!, minute: parts.minute! };
}

/** Answer by how many minutes the clocks of a zone are ahead of UTC at an instant. */
export function offsetMinutesAt(instant: Date, zone: string): number {
  const minute = Math.floor(instant.getTime() / 60_000);
  return utcMinutes(wallClockAt(instant, zone)) - minute;
}

/**
 * Answer the instant at which the clocks of a zone show this. A time that does not exist moves by the length of the
 * gap, a time that exists twice is its first occurrence: the same rule as Berth's own (RFC 5545, section 3.3.5).
 */
export function instantOf(clock: WallClock, zone: string): Date {
  const wanted = utcMinutes(clock);
  const before = offsetMinutesAt(new Date((wanted - 24 * 60) * 60_000), zone);
  const after = offsetMinutesAt(new Date((wanted + 24 * 60) * 60_000), zone);
  const candidates = [...new Set([before, after])].map((offset) => new Date((wanted - offset) * 60_000));
  const exact = candidates.filter((one) => utcMinutes(wallClockAt(one, zone)) === wanted);
  if (exact.length > 0) return exact.reduce((first, one) => (one < first ? one : first));
  return new Date((wanted - before) * 60_000);
}

/** Answer the instant at which the day of an instant begins, days later or earlier by the calendar of the zone. */
export function startOfDay(instant: Date, zone: string, daysLater = 0): Date {
  const { year, month, day } = wallClockAt(instant, zone);
  const shifted = new Date(Date.UTC(year, month - 1, day + daysLater));
  return instantOf(
    { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(), hour: 0, minute: 0 },
    zone,
  );
}

/** Answer the instant at which the week of an instant begins; `firstDay` is 1 for Monday to 7 for Sunday. */
export function startOfWeek(instant: Date, zone: string, firstDay: number): Date {
  const { year, month, day } = wallClockAt(instant, zone);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
  return startOfDay(instant, zone, -((weekday - firstDay + 7) % 7));
}

function utcMinutes(clock: WallClock): number {
  return Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute) / 60_000;
}
