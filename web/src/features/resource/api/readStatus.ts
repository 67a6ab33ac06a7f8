import { api } from "@/lib/api/client";

/** Read what a resource is doing now. */
export function useStatus(resource_id: number) {
  return api.useQuery("get", "/api/v1/resources/{resource_id}/status", { params: { path: { resource_id } } }, { refetchInterval: 60_000 });
}
