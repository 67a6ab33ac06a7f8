import { api } from "@/lib/api/client";

/** Read all that happened to a reservation, oldest first. */
export function useHistory(reservation_id: number) {
  return api.useQuery("get", "/api/v1/reservations/{reservation_id}/history", { params: { path: { reservation_id } } });
}
