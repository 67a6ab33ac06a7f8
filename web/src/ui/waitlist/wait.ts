import type { components } from "@generated/schema";
import { fieldsOf, instantOfFields, type TimeFields } from "@/lib/time/fields";
import type { ReservableResource } from "../reserve/wish";

export type Place = components["schemas"]["WaitlistEntryShown"];
export type Search = Omit<components["schemas"]["AnyOf"], "tags"> & { tags?: string[] };

/** What somebody may wait for: these resources, all of them together, or any one that fits a search. */
export interface Wait {
  resources: readonly ReservableResource[];
  search?: Search;
  /** A search in the reader's words. */
  words?: readonly string[];
  start: Date;
  end: Date;
  /** It is to be so long, at any time between start and end. */
  minutes?: number;
  people?: number;
  title?: string;
}

/** What the form holds. The time as it is and the time to look in are kept apart, so that changing one's mind loses neither. */
export interface WaitFields {
  how: "exact" | "within";
  exact: { start: TimeFields; end: TimeFields };
  within: { start: TimeFields; end: TimeFields };
  minutes: number | string;
  people: number | string;
  title: string;
}

const MINUTE_MS = 60_000;
/** The hours of a day that are looked in, unless the wish itself lies outside. */
const DAY_BEGINS = "07:00";
const DAY_ENDS = "20:00";

/** Answer what the form holds at first, on the clocks of a zone. */
export function firstFields(wait: Wait, zone: string): WaitFields {
  const exact = { start: fieldsOf(wait.start, zone), end: fieldsOf(wait.end, zone) };
  return {
    how: wait.minutes === undefined ? "exact" : "within",
    exact,
    within: wait.minutes === undefined ? widened(exact) : exact,
    minutes: wait.minutes ?? Math.round((wait.end.getTime() - wait.start.getTime()) / MINUTE_MS),
    people: wait.people ?? 1,
    title: wait.title ?? "",
  };
}

function widened({ start, end }: WaitFields["exact"]): WaitFields["within"] {
  return {
    start: { ...start, time: start.time < DAY_BEGINS ? start.time : DAY_BEGINS },
    end: { ...end, time: end.time > DAY_ENDS ? end.time : DAY_ENDS },
  };
}

/** Answer what Berth is asked for, or none while something is missing or cannot be. */
export function joinOf(wait: Wait, fields: WaitFields, zone: string): components["schemas"]["Join"] | null {
  const isFlexible = fields.how === "within";
  const span = isFlexible ? fields.within : fields.exact;
  const [start, end] = [instantOfFields(span.start, zone), instantOfFields(span.end, zone)];
  const [minutes, people] = [Number(fields.minutes), Number(fields.people)];
  if (!start || !end || start >= end || !(people >= 1)) return null;
  if (isFlexible && !(minutes >= 1 && minutes * MINUTE_MS <= end.getTime() - start.getTime())) return null;
  return {
    ...(wait.search ? { any_of: { ...wait.search, tags: wait.search.tags ?? [] } } : { resource_ids: wait.resources.map((one) => one.id) }),
    start: start.toISOString(),
    end: end.toISOString(),
    minutes: isFlexible ? minutes : null,
    people,
    title: fields.title.trim(),
  };
}
