import { api } from "@/lib/api/client";

const LOOK_MS = 4_000;

/** Read an order; while it waits for its payment, again and again. */
export function useOrder(order_id: number) {
  return api.useQuery(
    "get",
    "/api/v1/orders/{order_id}",
    { params: { path: { order_id } } },
    { refetchInterval: ({ state }) => (state.data?.state === "pending" ? LOOK_MS : false) },
  );
}
