import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { invalidatePaths } from "@/lib/api/queries";

/** By this the timeline finds what is being moved, to show it at once where it goes. */
export const CHANGING = ["patch", "/api/v1/reservations/{reservation_id}"] as const;

/** Move a reservation; stays under way until what it makes stale is read again. */
export function useChangeReservation() {
  const queries = useQueryClient();
  return api.useMutation(...CHANGING, {
    onSettled: () => invalidatePaths(queries, ["/api/v1/reservations", "/api/v1/schedule"]),
  });
}
