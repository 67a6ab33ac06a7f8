import { api } from "@/lib/api/client";

/** Read the rules of a site: its own, and what holds with what is inherited. */
export function useSitePolicy(owner_id: number, enabled: boolean) {
  return api.useQuery("get", "/api/v1/sites/{owner_id}/policy", { params: { path: { owner_id } } }, { enabled });
}
