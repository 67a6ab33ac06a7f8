import type { components } from "@generated/schema";
import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

interface Filters {
  text?: string;
  role?: components["schemas"]["Role"];
  active?: boolean;
}

/** List accounts by username, those that fit all filters. */
export function usePeopleList(query: Filters) {
  return api.useInfiniteQuery("get", "/api/v1/users", { params: { query } }, PAGED);
}
