import { api } from "./client";

/** Read a reservation with what is under way for it, and from when one may check in. */
export function useReservation(reservation_id: number) {
  return api.useQuery("get", "/api/v1/reservations/{reservation_id}", { params: { path: { reservation_id } } });
}
