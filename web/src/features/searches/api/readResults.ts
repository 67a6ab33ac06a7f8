import { api } from "@/lib/api/client";

/** So many are shown; one more is asked for, to know whether there are others. */
export const SHOWN_MAX = 3;

/** Run a saved search: what is free now, the best first. */
export function useResults(search_id: number) {
  return api.useQuery("get", "/api/v1/searches/{search_id}/results", { params: { path: { search_id }, query: { limit: SHOWN_MAX + 1 } } });
}
