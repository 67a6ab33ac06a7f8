import { offsetMinutesAt, wallClockAt } from "./wallClock";

/** A stretch of time as words: `date` names the day or both days, `time` the hours, with 12 or 24 as the locale has it. */
export interface RangeWords {
  date: string;
  time: string;
}

/** Answer a stretch of time in words, as the clocks of a zone show it. */
export function rangeWords(start: Date, end: Date, zone: string, locale: string): RangeWords {
  const date = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit" });
  const sameDay = date.format(start) === date.format(new Date(end.getTime() - 1));
  return {
    date: sameDay ? date.format(start) : `${date.format(start)} – ${date.format(end)}`,
    time: `${time.format(start)} – ${time.format(end)}`,
  };
}

/** Answer an instant in words, as the clocks of a zone show it. */
export function instantWords(instant: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: "medium", timeStyle: "short" }).format(instant);
}

/** Answer the hour and minute of an instant, as the clocks of a zone show it. */
export function timeWords(instant: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, timeStyle: "short" }).format(instant);
}

/** Answer the day of an instant in words, as calendars of a zone show it. */
export function dateWords(instant: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long" }).format(instant);
}

/** Answer how far an instant is from now, such as "in 3 hours". */
export function distanceWords(instant: Date, now: Date, locale: string): string {
  const minutes = Math.round((instant.getTime() - now.getTime()) / 60_000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 36 * 60) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / (24 * 60)), "day");
}

/** Answer a length in words, such as "1 h 30 min". */
export function lengthWords(start: Date, end: Date, locale: string): string {
  const minutes = Math.round((end.getTime() - start.getTime()) / 60_000);
  const part = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  const parts = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor((minutes % 1440) / 60), "hour"],
    [minutes % 60, "minute"],
  ] as const;
  const said = parts.filter(([value]) => value > 0).map(([value, unit]) => part(value, unit));
  return said.length > 0 ? said.join(" ") : part(0, "minute");
}

/** Tell whether the clocks of two zones show the same at both ends of a stretch. */
export function sameClocks(start: Date, end: Date, zone: string, other: string): boolean {
  return [start, end].every((one) => offsetMinutesAt(one, zone) === offsetMinutesAt(one, other));
}

/** Answer a zone's name for people, such as "Rome" for "Europe/Rome". */
export function zoneWords(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** Answer the day with which weeks begin in a locale, 1 for Monday to 7 for Sunday. */
export function firstDayOfWeek(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

/** Answer the day of an instant in a zone as `2027-03-28`, to group by. */
export function dayKey(instant: Date, zone: string): string {
  const { year, month, day } = wallClockAt(instant, zone);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Answer the zone of this machine. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
