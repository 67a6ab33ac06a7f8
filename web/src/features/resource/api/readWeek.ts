import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const STRETCHES_MAX = 200;

/** Read when a resource is busy between two instants. */
export function useWeek(resource_id: number, from: Date, until: Date, enabled: boolean) {
  const query = { from: from.toISOString(), until: until.toISOString(), limit: STRETCHES_MAX };
  return api.useQuery(
    "get",
    "/api/v1/resources/{resource_id}/schedule",
    { params: { path: { resource_id }, query } },
    { enabled, placeholderData: keepPreviousData },
  );
}
