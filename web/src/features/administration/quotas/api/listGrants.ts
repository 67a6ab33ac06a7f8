import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List what was granted of an allowance, the latest first. */
export function useGrants(allowance_id: number) {
  return api.useInfiniteQuery("get", "/api/v1/quotas/{allowance_id}/grants", { params: { path: { allowance_id } } }, PAGED);
}
