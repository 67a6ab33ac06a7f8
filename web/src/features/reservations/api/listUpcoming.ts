import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";

/** List one's own reservations that are under way or ahead, the next first. */
export function useUpcoming() {
  return api.useInfiniteQuery("get", "/api/v1/reservations/upcoming", {}, PAGED);
}
