import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List who has how much of an allowance in the present period. */
export function useUsage(allowance_id: number) {
  return api.useInfiniteQuery("get", "/api/v1/quotas/{allowance_id}/usage", { params: { path: { allowance_id } } }, PAGED);
}
