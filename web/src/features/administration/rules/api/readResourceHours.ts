import { api } from "@/lib/api/client";

/** Read the opening hours of a resource: its own, and what holds with what is inherited. */
export function useResourceHours(owner_id: number, enabled: boolean) {
  return api.useQuery("get", "/api/v1/resources/{owner_id}/opening-hours", { params: { path: { owner_id } } }, { enabled });
}
