import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List one's own places in the waitlist, in the order in which one joined. */
export function usePlaces() {
  return api.useInfiniteQuery("get", "/api/v1/waitlist", { params: { query: { limit: 100 } } }, PAGED);
}
