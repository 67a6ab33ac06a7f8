import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List one's own saved searches, those too whose time has passed, in the order in which they were saved. */
export function useSearches() {
  return api.useInfiniteQuery("get", "/api/v1/searches", { params: { query: { state: ["live", "over"], limit: 100 } } }, PAGED);
}
