import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List everybody who waits for a resource, or may get it by a search, in the order of the line. */
export function useLine(resource_id: number) {
  return api.useInfiniteQuery("get", "/api/v1/resources/{resource_id}/waitlist", { params: { path: { resource_id }, query: { limit: 100 } } }, PAGED);
}
