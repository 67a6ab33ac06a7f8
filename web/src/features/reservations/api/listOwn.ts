import { api } from "@/lib/api/client";
import { PAGED } from "@/lib/api/paged";
import type { ReservationState } from "@/ui/StateBadge";

/** Which of one's reservations are wanted; the instants are as the API reads them. */
export interface OwnFilter {
  state: ReservationState[];
  resource_id?: number;
  from?: string;
  until?: string;
}

/** List one's own reservations that fit, the latest first. */
export function useOwn(filter: OwnFilter) {
  return api.useInfiniteQuery("get", "/api/v1/reservations/my", { params: { query: filter } }, PAGED);
}
