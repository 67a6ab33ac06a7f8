import { type Places, rowAt } from "@/ui/seats/geometry/places";
import type { Chosen } from "./changes";

/** What one click chooses. */
export const GRAINS = ["seat", "row", "section"] as const;
export type Grain = (typeof GRAINS)[number];

/** Answer the seats that are chosen with these: themselves, all of their rows, or all of their sections. */
export function grown(places: Places, some: Iterable<number>, grain: Grain): Set<number> {
  if (grain === "seat") return new Set(some);
  const rows = new Set<unknown>();
  for (const place of some) rows.add(grain === "row" ? rowAt(places, place).row : rowAt(places, place).section);
  const found = new Set<number>();
  for (const { row, section, first, count } of places.rows)
    if (rows.has(grain === "row" ? row : section)) for (let at = 0; at < count; at++) found.add(first + at);
  return found;
}

/** Answer the choice after some were chosen too, or given up if all of them were chosen before. */
export function toggled(chosen: Chosen, some: ReadonlySet<number>): Set<number> {
  const isAll = [...some].every((one) => chosen.has(one));
  const next = new Set(chosen);
  for (const one of some) if (isAll) next.delete(one);
    else next.add(one);
  return next;
}

/** Answer the value that all chosen seats share; none if they differ, or nothing is chosen. */
export function shared<Value>(chosen: Chosen, valueOf: (place: number) => Value): Value | undefined {
  let found: Value | undefined;
  let isFirst = true;
  for (const place of chosen) {
    const value = valueOf(place);
    if (isFirst) [found, isFirst] = [value, false];
    else if (value !== found) return undefined;
  }
  return found;
}
