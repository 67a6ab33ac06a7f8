import { keepPreviousData } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

const STRETCHES_MAX = 5000;

/** Read when resources are busy and closed between two instants: one request, unless there is more than it may answer. */
export function useSchedule(ids: readonly number[], from: Date, until: Date) {
  const query = {
    resource_ids: [ids.join(",")],
    from: from.toISOString(),
    until: until.toISOString(),
    limit: STRETCHES_MAX,
    hours: true,
  };
  const found = api.useInfiniteQuery(
    "get",
    "/api/v1/schedule",
    { params: { query } },
    { ...PAGED, enabled: ids.length > 0, placeholderData: keepPreviousData },
  );
  const { hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return found;
}
