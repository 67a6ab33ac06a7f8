import type { QueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const PATH = "/api/v1/performances/{performance_id}";

/** Read a performance. */
export function usePerformance(performance_id: number) {
  return api.useQuery("get", PATH, { params: { path: { performance_id } } });
}

/** Keep with what was read of a performance how many places are free, which is heard sooner than it is read again. */
export function keepFree(queries: QueryClient, performance_id: number, free: number): void {
  const { queryKey } = api.queryOptions("get", PATH, { params: { path: { performance_id } } });
  const updatedAt = queries.getQueryState(queryKey)?.dataUpdatedAt;
  queries.setQueryData(queryKey, (one) => one && { ...one, free }, { updatedAt });
}
