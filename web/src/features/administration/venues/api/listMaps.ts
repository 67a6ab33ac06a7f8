import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the versions of a venue's map, the newest first. */
export function useMapVersions(venue_id: number) {
  return api.useInfiniteQuery("get", "/api/v1/venues/{venue_id}/maps", { params: { path: { venue_id } } }, PAGED);
}
