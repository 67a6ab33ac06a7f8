import { api } from "@/lib/api/client";
import { kept } from "../kept";

/** Read the resource of this door; until that is heard, what was heard last. */
export function useResource(resource_id: number) {
  const init = { params: { path: { resource_id } } };
  return api.useQuery("get", "/api/v1/resources/{resource_id}", init, {
    initialData: () => kept(resource_id)?.resource,
    initialDataUpdatedAt: 0,
  });
}
