import { api } from "@/lib/api/client";

/** List one's next reservations, those under way first. */
export function useNext(limit: number) {
  return api.useQuery("get", "/api/v1/reservations/upcoming", { params: { query: { limit } } });
}
