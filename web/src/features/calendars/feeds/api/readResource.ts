import { api } from "@/lib/api/client";

/** Read what a resource is called, of which a calendar is read. */
export function useResource(resource_id: number, enabled: boolean) {
  return api.useQuery("get", "/api/v1/resources/{resource_id}", { params: { path: { resource_id } } }, { enabled, staleTime: 300_000 });
}
