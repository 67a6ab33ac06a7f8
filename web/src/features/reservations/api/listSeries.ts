import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the series of a person, the newest first; administrators would be told everybody's otherwise. */
export function useSeriesOf(owner_id: number | undefined) {
  return api.useInfiniteQuery("get", "/api/v1/series", { params: { query: { owner_id } } }, { ...PAGED, enabled: owner_id !== undefined });
}
