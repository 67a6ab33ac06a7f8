import type { components } from "@generated/schema";
import { instantOfField } from "@/lib/time/fields";

export type ClosingTime = components["schemas"]["ClosingTime"];

/** What the fields of a closing hold: its day and, unless that is closed as a whole, from when until when. */
export interface ClosingFields extends Record<string, unknown> {
  day: string;
  whole: boolean;
  from: string;
  until: string;
  reason: string;
}

/** Answer the time that the fields name on the clocks of a zone, as the API takes it. */
export function timeOf({ day, whole, from, until }: ClosingFields, zone: string): ClosingTime {
  if (whole) return { day };
  const instant = (clock: string) => instantOfField(`${day}T${clock}`, zone).toISOString();
  return { start: instant(from), end: instant(until) };
}
