import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give an order up; its seats are free at once. */
export function useCancelOrder() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/orders/{order_id}/cancel", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/orders", "/api/v1/performances", "/api/v1/payments"]),
  });
}
