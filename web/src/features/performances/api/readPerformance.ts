import { api } from "@/lib/api/client";

/** Read a performance. */
export function usePerformance(performance_id: number) {
  return api.useQuery("get", "/api/v1/performances/{performance_id}", { params: { path: { performance_id } } });
}
