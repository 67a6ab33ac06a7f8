import type { components } from "@generated/schema";

type Series = components["schemas"]["SeriesDetail"];
type Occurrence = components["schemas"]["OccurrenceShown"];

const AHEAD = new Set<Occurrence["state"]>(["held", "pending", "ready"]);
const OVER = new Set<Occurrence["state"]>(["finished", "no_show", "cancelled", "expired"]);

/** Tell whether an occurrence can still be changed or given up as one of its series: what has begun cannot. */
export function isChangeable(series: Series, one: Occurrence, now: Date): boolean {
  return series.state === "active" && AHEAD.has(one.state) && new Date(one.start) > now;
}

/** Tell whether an occurrence is over or was given up. */
export function isOver(one: Occurrence): boolean {
  return OVER.has(one.state);
}
