import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List what waits for one's decision, the oldest first. */
export function useWaiting() {
  return api.useInfiniteQuery("get", "/api/v1/approvals", { params: { query: { limit: 100 } } }, PAGED);
}
