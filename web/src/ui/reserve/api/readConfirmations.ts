import { api } from "@/lib/api/client";

/** Read a reservation with what it waits for. */
export function useConfirmations(reservation_id: number) {
  return api.useQuery("get", "/api/v1/reservations/{reservation_id}", { params: { path: { reservation_id } } });
}
