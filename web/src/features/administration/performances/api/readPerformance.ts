import { api } from "@/lib/api/client";

/** Read a performance. */
export function usePerformance(performance_id: number) {
  return api.useQuery("get", "/api/v1/performances/{performance_id}", { params: { path: { performance_id } } });
}

/** Read the map that a performance is sold by. */
export function usePerformanceMap(performance_id: number) {
  return api.useQuery("get", "/api/v1/performances/{performance_id}/map", { params: { path: { performance_id } } });
}

/** Read how the seats of a performance stand. */
export function useSeats(performance_id: number) {
  return api.useQuery("get", "/api/v1/performances/{performance_id}/seats", { params: { path: { performance_id } } });
}
