import { api } from "@/lib/api/client";

/** Read a resource, to know its site. */
export function useResource(resource_id: number | undefined) {
  return api.useQuery("get", "/api/v1/resources/{resource_id}", { params: { path: { resource_id: resource_id ?? 0 } } }, { enabled: resource_id !== undefined });
}
