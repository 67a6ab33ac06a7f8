import { api } from "@/lib/api/client";

/** Read an allowance. */
export function useAllowance(allowance_id: number) {
  return api.useQuery("get", "/api/v1/quotas/{allowance_id}", { params: { path: { allowance_id } } });
}
