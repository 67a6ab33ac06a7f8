import { api } from "@/lib/api/client";

/** List one's own payments for a reservation; there are none where nothing has a price. */
export function usePayments(reservation_id: number) {
  return api.useQuery("get", "/api/v1/payments/my", { params: { query: { reservation_id } } });
}
