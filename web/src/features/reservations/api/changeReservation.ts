import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** Change the times, the resources or the words of a reservation; a move may have to be confirmed first. */
export function useChangeReservation() {
  const queries = useQueryClient();
  return api.useMutation("patch", "/api/v1/reservations/{reservation_id}", {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule"]),
  });
}
