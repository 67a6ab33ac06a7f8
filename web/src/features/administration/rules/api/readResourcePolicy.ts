import { api } from "@/lib/api/client";

/** Read the rules of a resource: its own, and what holds with what is inherited. */
export function useResourcePolicy(owner_id: number, enabled: boolean) {
  return api.useQuery("get", "/api/v1/resources/{owner_id}/policy", { params: { path: { owner_id } } }, { enabled });
}
