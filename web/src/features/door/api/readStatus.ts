import { api } from "@/lib/api/client";
import { LOOK_AGAIN_MS } from "../hearing";
import { kept } from "../kept";

/** Read what the resource is doing now; until that is heard, what was heard last. */
export function useStatus(resource_id: number) {
  const init = { params: { path: { resource_id } } };
  return api.useQuery("get", "/api/v1/resources/{resource_id}/status", init, {
    initialData: () => kept(resource_id)?.status,
    initialDataUpdatedAt: 0,
    refetchInterval: LOOK_AGAIN_MS,
    refetchIntervalInBackground: true,
  });
}
