import { api } from "@/lib/api/client";

/** Read by which rules a resource may be reserved. */
export function usePolicy(owner_id: number) {
  return api.useQuery("get", "/api/v1/resources/{owner_id}/policy", { params: { path: { owner_id } } });
}
