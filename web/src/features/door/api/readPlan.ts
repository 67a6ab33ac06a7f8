import { api } from "@/lib/api/client";
import { LOOK_AGAIN_MS } from "../hearing";
import { kept } from "../kept";

const STRETCHES_MAX = 500;

/** Read when the resource is busy between two instants; until that is heard, what was heard last. */
export function usePlan(resource_id: number, from: Date, until: Date) {
  const query = { from: from.toISOString(), until: until.toISOString(), limit: STRETCHES_MAX };
  const init = { params: { path: { resource_id }, query } };
  return api.useQuery("get", "/api/v1/resources/{resource_id}/schedule", init, {
    initialData: () => kept(resource_id)?.plan,
    initialDataUpdatedAt: () => kept(resource_id)?.heardAt,
    refetchInterval: LOOK_AGAIN_MS,
    refetchIntervalInBackground: true,
  });
}
