import { api } from "@/lib/api/client";

/** Read a series with its occurrences. */
export function useSeries(series_id: number) {
  return api.useQuery("get", "/api/v1/series/{series_id}", { params: { path: { series_id } } });
}
