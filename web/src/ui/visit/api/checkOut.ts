import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** End the use; the rest of the slot is free for others at once. */
export function useCheckOut() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations/{reservation_id}/check-out", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule", "/api/v1/resources"]),
  });
}
