import { api } from "@/lib/api/client";

/** Read the opening hours of a site: its own, and what holds with what is inherited. */
export function useSiteHours(owner_id: number, enabled: boolean) {
  return api.useQuery("get", "/api/v1/sites/{owner_id}/opening-hours", { params: { path: { owner_id } } }, { enabled });
}
