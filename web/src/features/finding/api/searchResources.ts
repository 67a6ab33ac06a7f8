import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";
import type { FindSearch } from "../search";

const PAGE_SIZE = 200;

/** Find resources by name; with a window only those that are open and free in all of it. */
export function useResources(wanted: FindSearch, enabled: boolean) {
  const window = wanted.from && wanted.until ? { available_from: wanted.from, available_until: wanted.until } : {};
  const query = {
    text: wanted.text || undefined,
    site_id: wanted.site,
    capacity_min: wanted.capacity,
    tags: wanted.tags,
    kind: wanted.kind || undefined,
    limit: PAGE_SIZE,
    ...window,
  };
  return api.useInfiniteQuery(
    "get",
    "/api/v1/resources/search",
    { params: { query } },
    { ...PAGED, enabled, placeholderData: keepPreviousData },
  );
}
