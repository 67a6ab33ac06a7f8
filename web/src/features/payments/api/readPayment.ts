import { api } from "@/lib/api/client";

const LOOK_MS = 4_000;

/** Read a payment, with what it is for; while it is to be paid again and again, for a card may be declined meanwhile. */
export function usePayment(payment_id: number) {
  return api.useQuery(
    "get",
    "/api/v1/payments/{payment_id}",
    { params: { path: { payment_id } } },
    { refetchInterval: ({ state }) => (state.data?.state === "awaiting" ? LOOK_MS : false) },
  );
}
