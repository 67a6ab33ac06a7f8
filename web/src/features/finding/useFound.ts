import type { components } from "@generated/schema";
import { useMemo } from "react";
import { useFreeTimes } from "./api/findFree";
import { useResources } from "./api/searchResources";
import type { FindSearch } from "./search";

/** A resource that was found; of one that is free for some time within the window, with the earliest such time. */
export type Found = components["schemas"]["ResourceFound"] & { free?: { start: string; end: string } };

/** Find what is wanted: what is free in all of the window or, with a length, for so long within it. */
export function useFound(wanted: FindSearch) {
  const isFlexible = wanted.minutes !== undefined && wanted.from !== undefined && wanted.until !== undefined;
  const resources = useResources(wanted, !isFlexible);
  const times = useFreeTimes(wanted, isFlexible);
  const rows: readonly Found[] = useMemo(
    () =>
      isFlexible
        ? (times.data?.pages.flatMap((page) => page.items.map(({ resource, start, end }) => ({ ...resource, free: { start, end } }))) ?? [])
        : (resources.data?.pages.flatMap((page) => page.items) ?? []),
    [isFlexible, times.data, resources.data],
  );
  return { rows, list: isFlexible ? times : resources };
}
