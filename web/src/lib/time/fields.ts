import { instantOf, wallClockAt } from "./wallClock";

/** What a date field and a time field hold, as HTML has them: `2027-03-28` and `09:30`. */
export interface TimeFields {
  date: string;
  time: string;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})/;

/** Answer the fields for an instant, as the clocks of a zone show it. */
export function fieldsOf(instant: Date, zone: string): TimeFields {
  const { year, month, day, hour, minute } = wallClockAt(instant, zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}` };
}

/** Answer the instant that two fields name on the clocks of a zone, or none while they are not filled in. */
export function instantOfFields({ date, time }: TimeFields, zone: string): Date | null {
  const [day, clock] = [DATE.exec(date), TIME.exec(time)];
  if (!day || !clock) return null;
  const [year, month, dayOfMonth] = day.slice(1).map(Number) as [number, number, number];
  const [hour, minute] = clock.slice(1).map(Number) as [number, number];
  return instantOf({ year, month, day: dayOfMonth, hour, minute }, zone);
}

/** Answer the instant of what a field of date and time holds, such as `2027-03-28T09:30`, by the clocks of a zone. */
export function instantOfField(text: string, zone: string): Date {
  const [year, month, day, hour, minute] = text.split(/\D/).map(Number);
  return instantOf({ year: year!, month: month!, day: day!, hour: hour ?? 0, minute: minute ?? 0 }, zone);
}

/** Answer what a field of date and time holds for an instant, by the clocks of a zone. */
export function fieldOf(instant: Date, zone: string): string {
  const { year, month, day, hour, minute } = wallClockAt(instant, zone);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
