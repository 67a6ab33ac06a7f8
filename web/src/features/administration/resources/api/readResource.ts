import { api } from "@/lib/api/client";

/** Read a resource. */
export function useResource(resource_id: number) {
  return api.useQuery("get", "/api/v1/resources/{resource_id}", { params: { path: { resource_id } } });
}
