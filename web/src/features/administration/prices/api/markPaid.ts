import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Note that a payment was made by hand. */
export function useMarkPaid() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/payments/{payment_id}/mark-paid", {
    onSuccess: () => invalidatePaths(queries, ["/api/v1/payments", "/api/v1/reservations"]),
  });
}
