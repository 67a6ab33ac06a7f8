import { api } from "@/lib/api/client";

/** Read when a resource is open. */
export function useOpeningHours(owner_id: number) {
  return api.useQuery("get", "/api/v1/resources/{owner_id}/opening-hours", { params: { path: { owner_id } } });
}
