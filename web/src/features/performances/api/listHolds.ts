import { api } from "@/lib/api/client";

/** List what one holds of a performance. */
export function useHolds(performance_id: number) {
  return api.useQuery("get", "/api/v1/seat-holds", {}, {
    select: (found) => found.items.filter((one) => one.performance_id === performance_id),
  });
}
