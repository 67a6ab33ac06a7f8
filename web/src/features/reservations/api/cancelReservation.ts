import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Give a reservation up, with a reason if there is one; its slot is free again at once. */
export function useCancelReservation() {
  const queries = useQueryClient();
  return api.useMutation("post", "/api/v1/reservations/{reservation_id}/cancel", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule"]),
  });
}
