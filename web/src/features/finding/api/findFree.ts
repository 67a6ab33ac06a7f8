import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";
import type { FindSearch } from "../search";

const PAGE_SIZE = 200;

/** Find what is free for so many minutes within a window, each resource at its earliest time; the best come first. */
export function useFreeTimes(wanted: FindSearch, enabled: boolean) {
  const query = {
    text: wanted.text || undefined,
    site_id: wanted.site,
    capacity_min: wanted.capacity,
    tags: wanted.tags,
    kind: wanted.kind || undefined,
    minutes: wanted.minutes ?? 1,
    from: wanted.from,
    until: wanted.until,
    limit: PAGE_SIZE,
  };
  return api.useInfiniteQuery("get", "/api/v1/free", { params: { query } }, { ...PAGED, enabled, placeholderData: keepPreviousData });
}
