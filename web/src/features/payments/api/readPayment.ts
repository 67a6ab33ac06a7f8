import { api } from "@/lib/api/client";

/** Read a payment, with what it is for. */
export function usePayment(payment_id: number) {
  return api.useQuery("get", "/api/v1/payments/{payment_id}", { params: { path: { payment_id } } });
}
