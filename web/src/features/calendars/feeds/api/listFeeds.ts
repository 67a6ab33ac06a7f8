import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the addresses that a person has made; administrators would be told everybody's otherwise. */
export function useFeeds(created_by: number | undefined) {
  return api.useInfiniteQuery(
    "get",
    "/api/v1/calendars/feeds",
    { params: { query: { created_by, limit: 100 } } },
    { ...PAGED, enabled: created_by !== undefined },
  );
}
