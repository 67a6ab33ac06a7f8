import { useEffect } from "react";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";
import type { Place } from "@/ui/waitlist/wait";

const PAGE_SIZE = 200;

/** List one's own places in the waitlist, in the order in which one joined. */
export function usePlaces() {
  return api.useInfiniteQuery("get", "/api/v1/waitlist", { params: { query: { limit: PAGE_SIZE } } }, PAGED);
}

/** List the places that are over, all of them: the last ones, which are looked for first, come last. */
export function usePlacesOver() {
  const state: Place["state"][] = ["accepted", "declined", "lapsed", "left", "expired"];
  const found = api.useInfiniteQuery("get", "/api/v1/waitlist", { params: { query: { limit: PAGE_SIZE, state } } }, PAGED);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return found;
}
