import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List the allowances that hold, or those that were removed. */
export function useAllowances(removed: boolean) {
  return api.useInfiniteQuery("get", "/api/v1/quotas", { params: { query: { removed } } }, PAGED);
}
